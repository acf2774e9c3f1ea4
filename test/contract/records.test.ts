import { expect, it } from 'vitest';
import type { ConnectorEvent } from '../../src/connector.ts';
import { describeOnSimulators, type Meeting } from './on-simulators.ts';
import { answered, changedOnTheWay } from './values.ts';

const contact = (name: string) => ({ name, email: `${name}@customer.example` });

/** Of this record. Where the vendor tells nothing, a poll or the next write has to find it. */
const about = (events: readonly ConnectorEvent[], id: string) => events.filter(({ objectId }) => objectId === id);

/** Two contacts, and a provisioned account that has told all there was to tell. */
async function prepare({ ensured, simulator, events }: Meeting) {
  await ensured();
  const [loser, winner] = ['ada', 'grace'].map((name) => simulator.addContact(contact(name))) as [string, string];
  await events();
  return { loser, winner, countDeliveries: () => simulator.deliveries.length };
}

describeOnSimulators('contacts that come and go', (meeting) => {
  it('who lost a merge is found no more, or as the winner', async ({ skip }) => {
    const { loser, winner } = await prepare(meeting());
    const { simulator, contacts } = meeting();
    if (!simulator.mergeContacts) skip('it merges no contacts');
    simulator.mergeContacts?.(loser, winner);
    expect(await contacts.find({ ids: [winner] })).toMatchObject([{ id: winner, email: 'grace@customer.example' }]);
    for (const by of [{ ids: [loser] }, { emails: ['ada@customer.example'] }]) {
      for (const found of await contacts.find(by)) expect(found.id).toBe(winner);
    }
    for (const found of await contacts.find({ ids: [loser] })) expect(found.mergedIds).toContain(loser);
  });

  it('what was meant for who lost a merge can be written to the winner', async ({ skip }) => {
    const { loser, winner } = await prepare(meeting());
    const { simulator, contacts, write } = meeting();
    if (!simulator.mergeContacts) skip('it merges no contacts');
    const bystander = simulator.addContact(contact('mary'));
    simulator.mergeContacts?.(loser, winner);
    const fates = [
      { id: loser, result: 'gone' },
      { id: loser, result: 'moved', to: winner },
    ];
    const [lone] = await write([{ id: loser, values: answered.best }]);
    expect(fates).toContainEqual(lone);
    const outcomes = await write([loser, bystander].map((id) => ({ id, values: answered.worst })));
    expect(fates).toContainEqual(outcomes.find(({ id }) => id === loser));
    expect(outcomes).toContainEqual({ id: bystander, result: 'written' });

    expect(await write([{ id: winner, values: answered.best }])).toEqual([{ id: winner, result: 'written' }]);
    const saved = (await contacts.readFields([winner])).get(winner);
    expect(changedOnTheWay(answered.best, saved)).toEqual([]);
  });

  it('a merge is told, with both who are in it', async ({ skip }) => {
    const { loser, winner, countDeliveries } = await prepare(meeting());
    const { simulator, events } = meeting();
    if (!simulator.mergeContacts) skip('it merges no contacts');
    const before = countDeliveries();
    simulator.mergeContacts?.(loser, winner);
    const told = (await events()).filter(({ kind }) => kind === 'contact.merged');
    if (countDeliveries() === before) skip('its vendor tells nobody');
    expect(about(told, loser)).toMatchObject([{ intoId: winner }]);
    for (const { intoId } of told) expect([loser, winner]).toContain(intoId);
    expect(new Set(told.map(({ key }) => key)).size).toBe(told.length);
  });

  it('who is removed is gone, in a batch as alone, and may come back', async ({ skip }) => {
    const { loser: id, winner: other } = await prepare(meeting());
    const { simulator, contacts, write, events } = meeting();
    if (!simulator.removeContact) skip('it removes no contacts');
    simulator.removeContact?.(id);
    expect(await contacts.find({ ids: [id] })).toEqual([]);
    expect((await contacts.readFields([id])).size).toBe(0);
    const lone = { id, values: answered.best };
    expect(await write([lone])).toEqual([{ id, result: 'gone' }]);
    const outcomes = await write([lone, { id: other, values: answered.best }]);
    expect(outcomes).toHaveLength(2);
    expect(outcomes).toEqual(
      expect.arrayContaining([
        { id, result: 'gone' },
        { id: other, result: 'written' },
      ]),
    );
    const removed = about(await events(), id);
    for (const { kind } of removed) expect(kind).toBe('contact.deleted');

    if (!simulator.restoreContact) return;
    simulator.restoreContact(id);
    expect(await contacts.find({ ids: [id] })).toMatchObject([{ id }]);
    const restored = about(await events(), id);
    for (const { kind } of restored) expect(kind).toBe('contact.restored');
    expect(restored.length > 0).toBe(removed.length > 0);
    meeting().passes(60_000);
    expect(await write([lone])).toEqual([{ id, result: 'written' }]);
  });

  it('who is erased is gone for good, and whoever tells of it tells that they are gone', async ({ skip }) => {
    const { loser: id, countDeliveries } = await prepare(meeting());
    const { simulator, contacts, events, write } = meeting();
    if (!simulator.eraseContact) skip('it erases no contacts');
    const before = countDeliveries();
    simulator.eraseContact?.(id);
    expect(await contacts.find({ ids: [id] })).toEqual([]);
    expect(await contacts.find({ emails: ['ada@customer.example'] })).toEqual([]);
    expect(await write([{ id, values: answered.best }])).toEqual([{ id, result: 'gone' }]);
    const kinds = about(await events(), id).map(({ kind }) => kind);
    for (const kind of kinds) expect(['contact.erased', 'contact.deleted']).toContain(kind);
    if (countDeliveries() > before) expect(kinds).not.toEqual([]);
  });
});

describeOnSimulators('tickets that come and go', (meeting) => {
  async function two() {
    const { loser: ada, winner: grace, countDeliveries } = await prepare(meeting());
    const { simulator, events } = meeting();
    const [loser, winner] = [ada, grace].map((recordId) =>
      simulator.addTicket({ requesterId: recordId, subject: 'A lamp' }),
    ) as [string, string];
    await events();
    return { ada, grace, loser, winner, countDeliveries };
  }

  it('what lost a merge is gone, whatever became of it before, and the winner stands', async ({ skip }) => {
    const { loser, winner, countDeliveries } = await two();
    const { simulator, tickets, events } = meeting();
    if (!simulator.mergeTickets) skip('it merges no tickets');
    const before = countDeliveries();
    simulator.mergeTickets?.(loser, winner);
    const found = await tickets.find(loser);
    if (found) expect(found).toMatchObject({ id: loser, state: 'gone', merged: true });
    expect(await tickets.find(winner)).toMatchObject({ id: winner, state: 'open' });
    const told = about(await events(), loser).filter(({ kind }) => kind !== 'ticket.changed');
    for (const { kind, intoId = winner } of told)
      expect({ kind, intoId }).toEqual({ kind: 'ticket.merged', intoId: winner });
    if (countDeliveries() > before) expect(told).not.toEqual([]);
  });

  it('what is removed is gone, though it was resolved', async ({ skip }) => {
    const { loser: id, countDeliveries } = await two();
    const { simulator, tickets, events } = meeting();
    if (!simulator.removeTicket) skip('it removes no tickets');
    simulator.resolve(id);
    await events();
    const before = countDeliveries();
    simulator.removeTicket?.(id);
    expect(((await tickets.find(id)) ?? { state: 'gone' }).state).toBe('gone');
    const kinds = about(await events(), id).map(({ kind }) => kind);
    for (const kind of kinds) expect(kind).toBe('ticket.deleted');
    if (countDeliveries() > before) expect(kinds).not.toEqual([]);
  });

  it('the requester is whoever it is now', async ({ skip }) => {
    const { loser: id, ada, grace } = await two();
    const { simulator, tickets } = meeting();
    if (!simulator.reassign) skip('a ticket keeps its requester');
    expect(await tickets.find(id)).toMatchObject({ requester: { id: ada } });
    simulator.reassign?.(id, grace);
    expect(await tickets.find(id)).toMatchObject({ requester: { id: grace } });
  });
});
