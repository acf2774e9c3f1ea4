import { beforeAll, expect, it } from 'vitest';
import { describeProblem } from '../../config/describe-problems.ts';
import {
  addCustomer,
  answer,
  emailsTo,
  emailTo,
  ratingLink,
  ratingStands,
  recordIn,
  resolveTicket,
  submit,
} from './customers.ts';
import { eventually } from './eventually.ts';
import { runProcess, startProcess } from './launch.ts';
import { describeInFolder, describeJourneys, describeSharable, freePort, type World } from './world.ts';

describeJourneys('the process', (open) => {
  let world: World;
  beforeAll(async () => {
    world = await open({ process: true });
  });

  it('ends on SIGTERM with 0 and soon, even while a vendor leaves it without an answer', async () => {
    const customer = addCustomer(world);
    resolveTicket(world, 'zendesk', customer);
    await emailTo(world, customer);
    const before = world.hubspot.requests.length;
    world.hubspot.disturb({ kind: 'hang' });
    await answer(world, customer, { rating: 9 });
    await eventually('a call hangs', () => world.hubspot.requests.length > before);
    await eventually('Zendesk does not wait', () => recordIn(world, 'zendesk', customer).nps_latest_rating === 9);
    const asked = Date.now();
    expect(await world.service.stop()).toBe(0);
    expect(Date.now() - asked).toBeLessThan(15_000);
    world.hubspot.calm();
    await world.start();
    await ratingStands(world, customer, 9, 60_000);
    expect(recordIn(world, 'hubspot', customer)).toMatchObject({ nps_response_count: '1' });
  });

  it('refuses bad settings, naming every key at once and no value', async () => {
    const { code, output } = await runProcess(
      {
        ...world.environment,
        PORT: '99999',
        LOG_LEVEL: 'chatty',
        SMTP_URL: 'mail.invalid-value.example',
        MAIL_FROM: '',
        RECONCILE_EVERY: 'often',
        HUBSPOT_API_BASE_URL: 'nowhere',
        SECRET_KEY: 'too-short',
        SURVEYS_FILE: '/nowhere/surveys.json',
      },
      world.folder,
    );
    expect(code).toBeGreaterThan(0);
    for (const key of [
      'PORT',
      'LOG_LEVEL',
      'SMTP_URL',
      'RECONCILE_EVERY',
      'HUBSPOT_API_BASE_URL',
      'SECRET_KEY',
      'SURVEYS_FILE',
    ]) {
      expect(output).toContain(`${key}:`);
    }
    expect(output).not.toContain('too-short');
    expect(output).not.toContain('    at ');
  });

  describeInFolder('of which there is a second on one DATA_DIR', () => {
    it('is refused with the reason, and does the first no harm', async () => {
      const { code, output } = await runProcess({ ...world.environment, PORT: '0' }, world.folder);
      expect(code).toBeGreaterThan(0);
      const message = { code: 'field.folder_in_use', params: { path: world.environment.DATA_DIR ?? '' } } as const;
      expect(output).toContain(describeProblem({ setting: 'DATA_DIR', message }));
      const customer = addCustomer(world);
      resolveTicket(world, 'zendesk', customer);
      await emailTo(world, customer);
    });
  });
});

describeSharable('two processes on one database', (open) => {
  it('share the work and double none; the one that stays takes over from the one that is killed', async () => {
    const world = await open({ process: true });
    const port = await freePort();
    const second = await startProcess({ ...world.environment, PORT: String(port) }, world.folder);
    try {
      const customers = Array.from({ length: 12 }, () => addCustomer(world));
      for (const [index, customer] of customers.entries()) {
        resolveTicket(world, index % 2 === 0 ? 'hubspot' : 'zendesk', customer);
      }
      for (const customer of customers) await emailTo(world, customer);
      await Promise.all(customers.map((customer, index) => answer(world, customer, { rating: index % 11 })));
      for (const [index, customer] of customers.entries()) await ratingStands(world, customer, index % 11);
      expect(customers.map((customer) => emailsTo(world, customer).length)).toEqual(customers.map(() => 1));

      await world.service.kill();
      for (const customer of customers) {
        const link = new URL(ratingLink(await emailTo(world, customer), 10));
        link.port = String(port);
        expect((await submit(link.href, { rating: 10, comment: 'Still there' })).status).toBe(200);
      }
      for (const customer of customers) await ratingStands(world, customer, 10, 90_000);
    } finally {
      await second.kill();
    }
  });
});
