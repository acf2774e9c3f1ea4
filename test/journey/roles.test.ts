import { expect, it } from 'vitest';
import { describeProblem } from '../../config/describe-problems.ts';
import { parseExposition, valueIn } from '../exposition.ts';
import { apiKey } from './api.ts';
import { addCustomer, answer, emailsTo, emailTo, ratingStands, resolveTicket } from './customers.ts';
import { main, runProcess, type ServiceProcess, startProcess } from './launch.ts';
import { describeInFolder, describeSharable, freePort, type World } from './world.ts';

describeSharable('processes that answer requests, and others that work', (open) => {
  it('share a database; what a worker did goes on in another when it is killed', async () => {
    const world = await open({ process: true });
    await world.service.stop();
    const begun: ServiceProcess[] = [];
    const start = async (role: string, port: number) => {
      const settings = { ...world.environment, PORT: String(port) };
      const started = await startProcess(settings, world.folder, ['--role', role]);
      begun.push(started);
      return started;
    };
    try {
      const web = await start('web', Number(world.environment.PORT));
      const [first, second] = [await start('worker', await freePort()), await start('worker', await freePort())];
      const statuses = (path: string) =>
        Promise.all([web, first].map(async ({ url }) => (await fetch(`${url}${path}`)).status));
      expect(await statuses('/readyz')).toEqual([200, 200]);
      expect(await statuses('/api/connections')).toEqual([401, 404]);

      await askAndAnswer(world, 6);
      expect(await statuses('/metrics')).toEqual([401, 401]);
      const [answering, ...working] = await Promise.all([web, first, second].map(countResponsesAndEmails));
      expect(answering).toEqual({ responses: 6, emails: 0 });
      expect(working.reduce((sum, { emails }) => sum + emails, 0)).toBe(6);
      await second.kill();
      await askAndAnswer(world, 4);
      expect(await first.stop()).toBe(0);
    } finally {
      for (const one of begun) await one.kill();
    }
  });

  /** What a process has counted: each counts its own part of the work. */
  async function countResponsesAndEmails({ url }: ServiceProcess) {
    const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${apiKey}` } });
    const samples = parseExposition(await response.text());
    return {
      responses: valueIn(samples, 'scoreback_responses_confirmed_total') ?? 0,
      emails: valueIn(samples, 'scoreback_emails_total', { outcome: 'sent' }) ?? 0,
    };
  }

  /** Tickets in both systems: each customer is asked once, and each rating stands on every record. */
  async function askAndAnswer(world: World, many: number): Promise<void> {
    const customers = Array.from({ length: many }, () => addCustomer(world));
    for (const [index, customer] of customers.entries()) {
      resolveTicket(world, index % 2 === 0 ? 'hubspot' : 'zendesk', customer);
    }
    for (const customer of customers) await emailTo(world, customer, 1, 60_000);
    await Promise.all(customers.map((customer, index) => answer(world, customer, { rating: index % 11 })));
    for (const [index, customer] of customers.entries()) await ratingStands(world, customer, index % 11, 60_000);
    expect(customers.map((customer) => emailsTo(world, customer).length)).toEqual(customers.map(() => 1));
  }
});

describeInFolder('a process with a role of its own', (open) => {
  it('is refused without a database and an address that others share, and in the sandbox', async () => {
    const world = await open();
    const { PUBLIC_URL: _address, ...environment } = world.environment;
    const run = (role: string, settings: Readonly<Record<string, string>>) =>
      runProcess({ ...settings, PORT: '0' }, world.folder, [main, '--role', role]);
    const setting = '--role worker';
    const message = { code: 'field.required_with', params: { setting } } as const;
    const refused = await run('worker', environment);
    expect(refused.code).toBeGreaterThan(0);
    expect(refused.output).toContain(describeProblem({ setting: 'DATABASE_URL', message }));
    expect(refused.output).toContain(describeProblem({ setting: 'PUBLIC_URL', message }));

    const sandbox = await run('web', { DATA_DIR: world.environment.DATA_DIR ?? '', SANDBOX: 'on' });
    expect(sandbox.output).toContain(
      describeProblem({
        setting: 'SANDBOX',
        message: { code: 'field.sandbox_in_one_process', params: { setting: '--role web' } },
      }),
    );
    const unknown = await run('boss', environment);
    expect(unknown.output).toContain(
      describeProblem({
        setting: '--role',
        message: { code: 'field.not_one_of', params: { values: ['all', 'web', 'worker'] } },
      }),
    );
  });
});
