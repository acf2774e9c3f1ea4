import { expect, it } from 'vitest';
import { recordFields } from '../../src/model/crm-field-definitions.ts';
import { UpstreamBusy, UpstreamRefused } from '../../src/model/errors.ts';
import { changedTickets } from './changed-tickets.ts';
import { describeOnSimulators } from './on-simulators.ts';
import { claimed } from './question.ts';
import { personal } from './tools.ts';
import { answered, changedOnTheWay } from './values.ts';

const ada = { email: personal.email, name: personal.name };

describeOnSimulators('the main job', (meeting) => {
  it('about what is missing in a new account, and what is no longer', async () => {
    const { provisioning, ensured } = meeting();
    const before = await provisioning.check();
    expect(before.account).toMatch(/./u);
    expect(before.findings.filter(({ state }) => state === 'missing').length).toBeGreaterThanOrEqual(
      recordFields.length,
    );
    const made = await ensured();
    expect(made.findings.filter(({ state }) => state !== 'fine' && state !== 'created')).toEqual([]);
    const again = await ensured();
    expect(again.findings.filter(({ state }) => state !== 'fine')).toEqual([]);
    const after = await provisioning.check();
    expect(after.findings.filter(({ state }) => state !== 'fine')).toEqual([]);
    expect(after.account).toBe(before.account);
  });

  it('about what time it is, where the vendor tells it', async () => {
    const { provisioning, clock, passes } = meeting();
    for (const later of [0, 3_723_456]) {
      passes(later);
      const { vendorClock } = await provisioning.check();
      const seconds = new Date(Math.floor(clock().getTime() / 1000) * 1000);
      if (vendorClock) expect(vendorClock).toEqual(seconds);
    }
  });

  it('about who is there', async () => {
    const { contacts, simulator } = meeting();
    const id = simulator.addContact({ ...ada, language: 'pt-BR' });
    expect(await contacts.find({ ids: [id] })).toMatchObject([{ id, ...ada, language: 'pt-BR' }]);
    expect(await contacts.find({ ids: [id, `${id}9`] })).toHaveLength(1);
    const emails = [personal.email.toUpperCase(), 'unknown@customer.example'];
    expect(await contacts.find({ emails })).toMatchObject([{ id, ...ada }]);
    expect(await contacts.find({ ids: [`${id}9`] })).toEqual([]);
  });

  it('about what stands on the records', async () => {
    const { contacts, ensured, simulator, write } = meeting();
    await ensured();
    const [first, second, third] = ['one', 'two', 'three'].map((name) =>
      simulator.addContact({ name, email: `${name}@customer.example` }),
    ) as [string, string, string];
    const lone = [{ id: third, values: answered.best }];
    expect(await write(lone)).toEqual([{ id: third, result: 'written' }]);
    const two = [
      { id: first, values: answered.best },
      { id: second, values: answered.worst },
    ];
    expect(await write(two)).toHaveLength(2);
    const saved = await contacts.readFields([first, second, third]);
    for (const { id, values } of [...lone, ...two]) expect(changedOnTheWay(values, saved.get(id))).toEqual([]);
    expect(simulator.record(first)).toMatchObject({ nps_latest_survey: '4711' });

    const cleared = [first, second].map((id) => ({ id, values: answered.nothing }));
    expect((await write(cleared)).map(({ result }) => result)).toEqual(['written', 'written']);
    const left = await contacts.readFields([first, second]);
    for (const { id, values } of cleared) expect(changedOnTheWay(values, left.get(id))).toEqual([]);
  });

  it('about records that are gone', async () => {
    const { ensured, simulator, write } = meeting();
    await ensured();
    const id = simulator.addContact(ada);
    const writes = [id, `${id}9`].map((record) => ({ id: record, values: answered.best }));
    const outcomes = await write(writes);
    expect(new Map(outcomes.map((outcome) => [outcome.id, outcome.result]))).toEqual(
      new Map([
        [id, 'written'],
        [`${id}9`, 'gone'],
      ]),
    );
    expect(await write([{ id: `${id}9`, values: answered.best }])).toEqual([{ id: `${id}9`, result: 'gone' }]);
  });

  it('about tickets', async () => {
    const { tickets, simulator, clock, passes } = meeting();
    const started = clock();
    const recordId = simulator.addContact(ada);
    const ticketId = simulator.addTicket({ requesterId: recordId, subject: 'A lamp', agent: 'Robin' });
    expect(await tickets.find(ticketId)).toMatchObject({
      id: ticketId,
      state: 'open',
      subject: 'A lamp',
      agent: { name: 'Robin' },
      requester: { id: recordId, ...ada },
    });
    passes(60_000);
    const resolvedAt = clock();
    simulator.resolve(ticketId);
    const resolved = await tickets.find(ticketId);
    expect(resolved).toMatchObject({ state: 'resolved' });
    expect(Math.abs((resolved?.resolvedAt?.getTime() ?? 0) - resolvedAt.getTime())).toBeLessThanOrEqual(1000);
    expect(await tickets.find(`${ticketId}9`)).toBeUndefined();

    passes(300_000);
    const { changes, completeUntil } = await tickets.changedSince(started);
    expect(changes.map(({ id }) => id)).toContain(ticketId);
    expect(completeUntil.getTime()).toBeGreaterThan(resolvedAt.getTime());

    simulator.reopen(ticketId);
    expect(await tickets.find(ticketId)).toMatchObject({ state: 'open' });
  });

  it('about every page of a poll', async () => {
    const { tickets, simulator, clock, passes } = meeting();
    const started = clock();
    const recordId = simulator.addContact(ada);
    const made = Array.from({ length: 120 }, (_, index) => {
      passes(1000);
      return simulator.addTicket({ requesterId: recordId, subject: `Lamp ${index}` });
    });
    passes(300_000);
    expect(await changedTickets(tickets, started)).toEqual(new Set(made));
  });

  it('about webhooks', async () => {
    const { provisioning, ensured, simulator, connector, clock, received, connection } = meeting();
    await ensured();
    const recordId = simulator.addContact(ada);
    const ticketId = simulator.addTicket({ requesterId: recordId, subject: 'A lamp' });
    await simulator.settled();
    const before = received.length;
    simulator.resolve(ticketId);
    await simulator.settled();
    await simulator.redeliver(1);
    await simulator.settled();

    const webhooks = claimed(connector.webhooks);
    const secrets = (await connection.webhookSecrets?.()) ?? [];
    const deliveries = received.slice(before);
    expect(deliveries.length).toBeGreaterThanOrEqual(2);
    const { account } = await provisioning.check();
    const keys = deliveries.map((request) => {
      expect(secrets).toContain(webhooks.verify(request, secrets, clock()));
      const { events } = webhooks.read(request.body);
      expect(events).toMatchObject([{ kind: 'ticket.changed', objectId: ticketId }]);
      for (const event of events) expect([undefined, account]).toContain(event.account);
      return events.map(({ key }) => key).join();
    });
    expect(new Set(keys).size).toBe(1);
  });

  it('about a rate limit', async () => {
    const { tickets, failureOf, simulator } = meeting();
    simulator.disturb({ kind: 'throttle', times: 1, retryAfterSeconds: 3 });
    const failure = await failureOf(() => tickets.find('4711'));
    expect(failure).toBeInstanceOf(UpstreamBusy);
    expect(failure).toMatchObject({ retryAfter: 3000, outcome: 'not_done' });
    expect(await tickets.find('4711')).toBeUndefined();
  });

  it.each(['fail', 'drop'] as const)('about a vendor that answers with: %s', async (kind) => {
    const { ensured, failureOf, simulator, passes, write } = meeting();
    await ensured();
    const ids = ['one', 'two'].map((name) => simulator.addContact({ name }));
    simulator.disturb({ kind });
    const failure = await failureOf(() => write(ids.map((id) => ({ id, values: answered.best }))));
    expect(failure).toBeInstanceOf(UpstreamBusy);
    expect(failure).toMatchObject({ outcome: 'unknown', serverFailed: kind === 'fail' });
    simulator.calm();
    passes(60_000);
    const again = await write(ids.map((id) => ({ id, values: answered.best })));
    expect(again.map(({ result }) => result)).toEqual(['written', 'written']);
  });

  it('about revoked credentials', async () => {
    const { tickets, provisioning, failureOf, simulator } = meeting();
    simulator.disturb({ kind: 'revoke' });
    const failure = await failureOf(() => tickets.find('4711'));
    expect(failure).toBeInstanceOf(UpstreamRefused);
    expect(failure).toMatchObject({ concerns: 'connection' });
    const { findings } = await provisioning.check();
    expect(findings).toContainEqual(expect.objectContaining({ about: { kind: 'credentials' }, state: 'blocked' }));
  });

  it('about one record that fails whatever holds it', async () => {
    const { ensured, simulator, passes, write } = meeting();
    await ensured();
    const [good, bad] = ['good', 'bad'].map((name) => simulator.addContact({ name })) as [string, string];
    simulator.disturb({ kind: 'poison', recordId: bad });
    const both = [good, bad].map((id) => ({ id, values: answered.best }));
    const outcomes = await write(both).catch((failure: unknown) => failure);
    if (Array.isArray(outcomes)) expect(outcomes.find(({ id }) => id === bad)?.result).not.toBe('written');
    else if (outcomes instanceof UpstreamRefused) expect(outcomes.concerns).toBe('request');
    else expect(outcomes).toMatchObject({ name: 'UpstreamBusy', serverFailed: true });
    passes(60_000);
    expect(await write(both.slice(0, 1))).toEqual([{ id: good, result: 'written' }]);
  });

  it('about a new contact', async ({ skip }) => {
    const { contacts, ensured, simulator, write } = meeting();
    await ensured();
    const created = (await contacts.create?.(ada)) ?? skip('it creates none');
    expect(created).toMatchObject(ada);
    expect(simulator.recordIdByEmail(personal.email)).toBe(created.id);
    expect(await write([{ id: created.id, values: answered.worst }])).toEqual([{ id: created.id, result: 'written' }]);
  });
});
