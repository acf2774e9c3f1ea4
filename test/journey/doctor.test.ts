import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { describeProblems } from '../../config/describe-problems.ts';
import { consultDoctor } from '../../src/doctor.ts';
import { runProcess } from './launch.ts';
import { describeInFolder, type World } from './world.ts';
import { callZendesk } from './zendesk-admin.ts';

const program = join(import.meta.dirname, '..', '..', 'src', 'doctor.ts');

describeInFolder('the doctor', (open) => {
  let world: World;
  const outputs: string[] = [];
  beforeAll(async () => {
    world = await open();
  });
  afterEach(() => world.hubspot.calm());

  type WorldOptions = { fix?: boolean; environment?: Record<string, string> };
  const startedWith = ({ fix = false, environment = {} }: WorldOptions) => ({
    args: fix ? ['--fix'] : [],
    environment: { ...world.environment, ...environment },
  });
  const collected = (ended: { code: number | null; output: string }) => {
    outputs.push(ended.output);
    return ended;
  };

  /** All of the program but its process, which takes longer to start than to look. */
  const consult = async (requests: WorldOptions = {}) => {
    const written: string[] = [];
    const write = (text: string) => void written.push(text);
    const code = await consultDoctor({ ...startedWith(requests), write, complain: write });
    return collected({ code, output: written.join('') });
  };
  const runProgram = async (requests: WorldOptions = {}) => {
    const { args, environment } = startedWith(requests);
    return collected(await runProcess(environment, world.folder, [program, ...args]));
  };

  it('says that all is well with a service that runs', async () => {
    const { code, output } = await runProgram();
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('All is well.') });
    expect(output).toMatch(/^hubspot, account \d+$/mu);
    expect(output).toMatch(/^zendesk, account sandbox$/mu);
  });

  it('names a field that somebody deleted, and makes it anew when it is told to', async () => {
    await deleteZendeskField(world, 'nps_latest_rating');
    const found = await consult();
    expect(found.code).toBe(1);
    expect(found.output).toMatch(/^ {2}! {3}Field nps_latest_rating: .*--fix/mu);
    expect(found.output).toContain('1 thing needs a person.');
    expect((await runProgram({ fix: true })).code).toBe(0);
    expect((await consult()).code).toBe(0);
  });

  it('says what to do about credentials that are refused, and takes them up again when they are taken', async () => {
    world.hubspot.disturb({ kind: 'revoke' });
    const { code, output } = await consult({ fix: true });
    expect(code).toBe(1);
    expect(output).toMatch(/^ {2}! {3}Credentials: .*401.*HUBSPOT_ACCESS_TOKEN/mu);
    world.hubspot.calm();
    expect((await consult({ fix: true })).code).toBe(0);
  });

  it('cannot look with another key than the service has, and says which to set', async () => {
    const { code, output } = await runProgram({ environment: { API_KEY: 'another-key-than-the-service-has' } });
    expect({ code, output }).toMatchObject({ code: 2, output: expect.stringContaining('API_KEY') });
    expect(output).not.toContain('another-key-than-the-service-has');
  });

  it('looks itself where no service runs, and repairs too', async () => {
    expect(await world.service.stop()).toBe(0);
    expect(await consult()).toMatchObject({ code: 0, output: expect.stringContaining('All is well.') });
    await deleteZendeskField(world, 'nps_latest_rating');
    expect(await consult()).toMatchObject({ code: 1, output: expect.stringContaining('nps_latest_rating') });
    expect((await consult({ fix: true })).code).toBe(0);
  });

  it.each([
    { status: 404, body: 'nothing here' },
    { status: 200, body: '<h1>Welcome</h1>' },
    { status: 200, body: '{"hello":"world"}' },
  ])('takes nobody else’s $status with $body for the service', async ({ status, body }) => {
    const stranger = createServer((_request, response) => response.writeHead(status).end(body));
    stranger.listen(Number(world.environment.PORT), '127.0.0.1');
    await once(stranger, 'listening');
    try {
      const { code, output } = await consult();
      expect(code).toBe(2);
      const address = `http://127.0.0.1:${world.environment.PORT}`;
      const message = { code: 'field.not_scoreback', params: { address, status } } as const;
      expect(output).toBe(describeProblems([{ setting: 'PORT', message }]));
    } finally {
      stranger.closeAllConnections();
      stranger.close();
    }
  });

  it('never shows a secret or anybody’s address', () => {
    const shown = outputs.join('\n');
    const secrets = Object.entries(world.environment).filter(([key]) => /TOKEN|SECRET|API_KEY|SMTP_URL/u.test(key));
    expect(secrets.length).toBeGreaterThanOrEqual(6);
    expect(secrets.filter(([, secret]) => shown.includes(secret))).toEqual([]);
    expect(shown).not.toContain('@');
  });
});

/** At Zendesk, because HubSpot archives what is deleted there, which only a person can undo. */
async function deleteZendeskField(world: World, key: string): Promise<void> {
  const response = await callZendesk(world, 'GET', 'user_fields');
  const { user_fields } = (await response.json()) as { user_fields: readonly { id: number; key: string }[] };
  const field = user_fields.find((candidate) => candidate.key === key);
  expect((await callZendesk(world, 'DELETE', `user_fields/${field?.id}`)).status).toBe(204);
}
