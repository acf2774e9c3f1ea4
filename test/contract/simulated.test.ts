import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectors } from '../../connectors/index.ts';
import { recordFields } from '../../src/domain/record-fields.ts';
import { UpstreamBusy, UpstreamRefused } from '../../src/errors.ts';
import { claimed } from './question.ts';
import { type Simulated, startSimulated } from './simulated.ts';
import { everythingIn, leaks, personal } from './tools.ts';
import { answered, changedOnTheWay } from './values.ts';

const ada = { email: personal.email, name: personal.name };

// Connector and simulator are written from the vendor's documents by different hands: where they disagree, one is wrong.
for (const connector of connectors.filter(({ simulate }) => simulate)) {
  describe(`${connector.title} and its simulator agree`, () => {
    let simulated: Simulated;
    beforeEach(async () => {
      simulated = await startSimulated(connector);
    });
    afterEach(async () => {
      await simulated.stop();
      const hidden = [...Object.values(personal), ...secretsOf(simulated)];
      expect(leaks(simulated.tools.logged, hidden)).toEqual([]);
      expect(simulated.tools.breaches).toEqual([]);
    });

    const { tickets, contacts, provisioning, ensured, failureOf } = {
      tickets: () => claimed(simulated.connection.tickets),
      contacts: () => claimed(simulated.connection.contacts),
      provisioning: () => claimed(simulated.connection.provisioning),
      ensured: () => claimed(simulated.connection.provisioning).ensure({ webhookUrl: simulated.webhookUrl }),
      async failureOf(call: () => Promise<unknown>) {
        const failure = await call().then(
          (result) => expect.fail(`expected a failure, got ${JSON.stringify(result)}`),
          (caught: unknown) => caught,
        );
        expect(leaks([everythingIn(failure)], [...Object.values(personal), ...secretsOf(simulated)])).toEqual([]);
        return failure;
      },
    };

    it('about what is missing in a new account, and what is no longer', async () => {
      const before = await provisioning().check();
      expect(before.account).toMatch(/./u);
      expect(before.findings.filter(({ state }) => state === 'missing').length).toBeGreaterThanOrEqual(
        recordFields.length,
      );
      const made = await ensured();
      expect(made.findings.filter(({ state }) => state !== 'fine' && state !== 'created')).toEqual([]);
      const again = await ensured();
      expect(again.findings.filter(({ state }) => state !== 'fine')).toEqual([]);
      const after = await provisioning().check();
      expect(after.findings.filter(({ state }) => state !== 'fine')).toEqual([]);
      expect(after.account).toBe(before.account);
    });

    it('about who is there', async () => {
      const id = simulated.simulator.addContact({ ...ada, language: 'pt-BR' });
      expect(await contacts().find({ ids: [id] })).toMatchObject([{ id, ...ada, language: 'pt-BR' }]);
      expect(await contacts().find({ ids: [id, `${id}9`] })).toHaveLength(1);
      const emails = [personal.email.toUpperCase(), 'nobody@customer.example'];
      expect(await contacts().find({ emails })).toMatchObject([{ id, ...ada }]);
      expect(await contacts().find({ ids: [`${id}9`] })).toEqual([]);
    });

    it('about what stands on the records', async () => {
      await ensured();
      const [first, second, third] = ['one', 'two', 'three'].map((name) =>
        simulated.simulator.addContact({ name, email: `${name}@customer.example` }),
      ) as [string, string, string];
      const lone = [{ id: third, values: answered.best }];
      expect(await simulated.write(lone)).toEqual([{ id: third, result: 'written' }]);
      const two = [
        { id: first, values: answered.best },
        { id: second, values: answered.worst },
      ];
      expect(await simulated.write(two)).toHaveLength(2);
      const kept = await contacts().readScores([first, second, third]);
      for (const { id, values } of [...lone, ...two]) expect(changedOnTheWay(values, kept.get(id))).toEqual([]);
      expect(simulated.simulator.record(first)).toMatchObject({ nps_latest_survey: '4711' });

      const cleared = [first, second].map((id) => ({ id, values: answered.nothing }));
      expect((await simulated.write(cleared)).map(({ result }) => result)).toEqual(['written', 'written']);
      const left = await contacts().readScores([first, second]);
      for (const { id, values } of cleared) expect(changedOnTheWay(values, left.get(id))).toEqual([]);
    });

    it('about records that are gone', async () => {
      await ensured();
      const id = simulated.simulator.addContact(ada);
      const writes = [id, `${id}9`].map((record) => ({ id: record, values: answered.best }));
      const outcomes = await simulated.write(writes);
      expect(new Map(outcomes.map((outcome) => [outcome.id, outcome.result]))).toEqual(
        new Map([
          [id, 'written'],
          [`${id}9`, 'gone'],
        ]),
      );
      expect(await simulated.write([{ id: `${id}9`, values: answered.best }])).toEqual([
        { id: `${id}9`, result: 'gone' },
      ]);
    });

    it('about tickets', async () => {
      const started = simulated.clock();
      const contactId = simulated.simulator.addContact(ada);
      const ticketId = simulated.simulator.addTicket({ contactId, subject: 'A lamp', agent: 'Robin' });
      expect(await tickets().find(ticketId)).toMatchObject({
        id: ticketId,
        state: 'open',
        subject: 'A lamp',
        agent: { name: 'Robin' },
        requester: { id: contactId, ...ada },
      });
      simulated.passes(60_000);
      const resolvedAt = simulated.clock();
      simulated.simulator.resolve(ticketId);
      const resolved = await tickets().find(ticketId);
      expect(resolved).toMatchObject({ state: 'resolved' });
      expect(Math.abs((resolved?.resolvedAt?.getTime() ?? 0) - resolvedAt.getTime())).toBeLessThanOrEqual(1000);
      expect(await tickets().find(`${ticketId}9`)).toBeUndefined();

      simulated.passes(300_000);
      const { changes, completeUntil } = await tickets().changedSince(started);
      expect(changes.map(({ id }) => id)).toContain(ticketId);
      expect(completeUntil.getTime()).toBeGreaterThan(resolvedAt.getTime());

      simulated.simulator.reopen(ticketId);
      expect(await tickets().find(ticketId)).toMatchObject({ state: 'open' });
    });

    it('about every page of a poll', async () => {
      const started = simulated.clock();
      const contactId = simulated.simulator.addContact(ada);
      const made = Array.from({ length: 120 }, (_, index) => {
        simulated.passes(1000);
        return simulated.simulator.addTicket({ contactId, subject: `Lamp ${index}` });
      });
      simulated.passes(300_000);
      const seen = new Set<string>();
      let page = await tickets().changedSince(started);
      for (let pages = 1; ; pages += 1) {
        for (const { id } of page.changes) seen.add(id);
        if (!page.more) break;
        expect(pages).toBeLessThan(10);
        page = await tickets().changedSince(started, page.cursor);
      }
      expect(seen).toEqual(new Set(made));
    });

    it('about webhooks', async () => {
      await ensured();
      const contactId = simulated.simulator.addContact(ada);
      const ticketId = simulated.simulator.addTicket({ contactId, subject: 'A lamp' });
      await simulated.simulator.settled();
      const before = simulated.received.length;
      simulated.simulator.resolve(ticketId);
      await simulated.simulator.settled();
      await simulated.simulator.redeliver(1);
      await simulated.simulator.settled();

      const webhooks = claimed(connector.webhooks);
      const secrets = (await simulated.connection.webhookSecrets?.()) ?? [];
      const deliveries = simulated.received.slice(before);
      expect(deliveries.length).toBeGreaterThanOrEqual(2);
      const { account } = await provisioning().check();
      const keys = deliveries.map((request) => {
        expect(secrets).toContain(webhooks.verify(request, secrets, simulated.clock()));
        const { notices } = webhooks.read(request.body);
        expect(notices).toMatchObject([{ kind: 'ticket.changed', objectId: ticketId }]);
        for (const notice of notices) expect([undefined, account]).toContain(notice.account);
        return notices.map(({ key }) => key).join();
      });
      expect(new Set(keys).size).toBe(1);
    });

    it('about a rate limit', async () => {
      simulated.simulator.disturb({ kind: 'throttle', times: 1, retryAfterSeconds: 3 });
      const failure = await failureOf(() => tickets().find('4711'));
      expect(failure).toBeInstanceOf(UpstreamBusy);
      expect(failure).toMatchObject({ retryAfter: 3000, outcome: 'not done' });
      expect(await tickets().find('4711')).toBeUndefined();
    });

    it.each(['fail', 'drop'] as const)('about a vendor that answers with: %s', async (kind) => {
      await ensured();
      const ids = ['one', 'two'].map((name) => simulated.simulator.addContact({ name }));
      simulated.simulator.disturb({ kind });
      const failure = await failureOf(() => simulated.write(ids.map((id) => ({ id, values: answered.best }))));
      expect(failure).toBeInstanceOf(UpstreamBusy);
      expect(failure).toMatchObject({ outcome: 'unknown', serverFailed: kind === 'fail' });
      simulated.simulator.calm();
      simulated.passes(60_000);
      const again = await simulated.write(ids.map((id) => ({ id, values: answered.best })));
      expect(again.map(({ result }) => result)).toEqual(['written', 'written']);
    });

    it('about revoked credentials', async () => {
      simulated.simulator.disturb({ kind: 'revoke' });
      const failure = await failureOf(() => tickets().find('4711'));
      expect(failure).toBeInstanceOf(UpstreamRefused);
      expect(failure).toMatchObject({ concerns: 'connection' });
      const { findings } = await provisioning().check();
      expect(findings).toContainEqual(expect.objectContaining({ subject: 'credentials', state: 'blocked' }));
    });

    it('about one record that fails whatever holds it', async () => {
      await ensured();
      const [good, bad] = ['good', 'bad'].map((name) => simulated.simulator.addContact({ name })) as [string, string];
      simulated.simulator.disturb({ kind: 'poison', contactId: bad });
      const both = [good, bad].map((id) => ({ id, values: answered.best }));
      const outcomes = await simulated.write(both).catch((failure: unknown) => failure);
      if (Array.isArray(outcomes)) expect(outcomes.find(({ id }) => id === bad)?.result).not.toBe('written');
      else if (outcomes instanceof UpstreamRefused) expect(outcomes.concerns).toBe('request');
      else expect(outcomes).toMatchObject({ name: 'UpstreamBusy', serverFailed: true });
      simulated.passes(60_000);
      expect(await simulated.write(both.slice(0, 1))).toEqual([{ id: good, result: 'written' }]);
    });

    it('about a new contact', async ({ skip }) => {
      await ensured();
      const created = (await contacts().create?.(ada)) ?? skip('it creates none');
      expect(created).toMatchObject(ada);
      expect(simulated.simulator.contactIdByEmail(personal.email)).toBe(created.id);
      expect(await simulated.write([{ id: created.id, values: answered.worst }])).toEqual([
        { id: created.id, result: 'written' },
      ]);
    });
  });
}

/** What of the simulator's environment is a secret. */
function secretsOf({ simulator }: Simulated): string[] {
  return Object.entries(simulator.environment).flatMap(([key, value]) => (/SECRET|TOKEN/u.test(key) ? [value] : []));
}
