import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectors } from '../../connectors/index.ts';
import { apiKey } from './api.ts';
import { eventually } from './eventually.ts';
import { type ServiceProcess, startHere } from './launch.ts';
import { freePort } from './world.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const systems = connectors.filter(({ simulate }) => simulate !== undefined).map(({ name }) => name);

type Email = { to: string[]; links: { text: string; url: string }[] };

/** Every system as the source of the ticket, and every system as a record of the score: in the sandbox, which has all. */
describe('from every system to every system', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scoreback-journey-'));
  let service: ServiceProcess;

  beforeAll(async () => {
    const surveys = [{ key: 'after-ticket', metric: 'nps', status: 'live', delay: 'PT0S', quietPeriod: 'PT0S' }];
    writeFileSync(join(folder, 'surveys.json'), JSON.stringify(surveys));
    const settings = {
      PORT: String(await freePort()),
      SANDBOX: 'on',
      API_KEY: apiKey,
      SURVEYS_FILE: join(folder, 'surveys.json'),
    };
    service = await startHere({ ...settings, DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'warn' });
    await eventually('every connection is ready', async () => {
      const { items } = await read<{ items: { status: string }[] }>('/api/connections');
      return items.length === systems.length && items.every(({ status }) => status === 'ready');
    });
  });

  afterAll(async () => {
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function read<Answer>(path: string): Promise<Answer> {
    const response = await fetch(`${service.url}${path}`, { headers: { authorization: `Bearer ${apiKey}` } });
    return (await response.json()) as Answer;
  }

  async function tell(path: string, body: object): Promise<string> {
    const init = { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${service.url}/sandbox/control/${path}`, init);
    return ((await response.json()) as { id: string }).id;
  }

  it.each(systems)('a ticket resolved in %s becomes a score in all of them', async (source) => {
    const rating = 4 + systems.indexOf(source);
    const contact = { name: 'Pia Pair', email: `pia-${source}@customer.example` };
    const records = new Map<string, string>();
    for (const system of systems) records.set(system, await tell(`${system}/contacts`, contact));
    const ticket = { requesterId: records.get(source), subject: 'A question', agent: 'Robin', publicReplies: 1 };
    const ticketId = await tell(`${source}/tickets`, ticket);
    await tell(`${source}/tickets/${ticketId}/resolve`, {});

    const sentEmail = await eventually('the email', async () =>
      (await read<Email[]>('/sandbox/inbox/emails.json')).find(({ to }) => to.includes(contact.email)),
    );
    const link = sentEmail.links.find(({ text }) => text === String(rating))?.url ?? '';
    const body = new URLSearchParams({ rating: String(rating), comment: 'From one to all' });
    expect((await fetch(link, { method: 'POST', body })).status).toBe(200);

    for (const [system, id] of records) {
      await eventually(`${rating} stands in ${system}`, async () => {
        const record = await read<Record<string, unknown>>(`/sandbox/control/${system}/contacts/${id}`);
        return Number(record.nps_latest_rating) === rating && record.nps_latest_comment === 'From one to all';
      });
    }
  });
});
