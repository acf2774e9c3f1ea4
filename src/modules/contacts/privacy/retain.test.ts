import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../../test/databases.ts';
import { everyWord, fillWithContact, theirs } from '../../../../test/flows/filled-contact.ts';
import { createWorld, day, hour, type World } from '../../../../test/flows/world.ts';
import { anAnswer, anInvitation, lastAsked } from '../../../../test/stored.ts';
import { rowsWith } from '../../../../test/whole-database.ts';
import type { Database } from '../../../platform/database/database.ts';
import { idempotency } from '../../../platform/idempotency/tables.ts';
import { findWorkspace, updateWorkspace } from '../../../platform/workspaces/queries.ts';
import { type ConnectionRow, findConnection } from '../../connections/queries/connections.ts';
import { event } from '../../events/tables.ts';
import { updateTicket } from '../../tickets/queries/tickets.ts';
import { updateContact } from '../queries/contacts.ts';
import { suppression } from '../tables.ts';

describeOnEachDatabase('keeping data for a while', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  async function setRetention({ workspaceId }: World, retention: string): Promise<void> {
    await updateWorkspace(database.db, workspaceId, { retention });
  }

  const retain = (world: World) => world.work('retention', world.workspaceId);

  async function connectionOf(world: World): Promise<ConnectionRow> {
    const row = await findConnection(database.db, world.connectionId());
    if (!row) throw new Error('there is no connection');
    return row;
  }

  it('leaves nothing of a contact who was not heard of since, but what stands on their records', async () => {
    const world = await createWorld(database, {
      surveys: [{ quietPeriod: 'PT0S', audience: { quietPeriodAcross: 'PT0S' } }],
      vendors: ['acme', 'globex'],
    });
    await fillWithContact(world);
    await world.work('sort-events', 'all');
    await setRetention(world, 'P365D');
    const [recordId = ''] = theirs.records;
    await world.pass(364 * day);
    expect((await rowsWith(database.db, everyWord)).length).toBeGreaterThan(10);
    const stood = world.vendor.records.get(recordId);
    world.vendor.calls.length = 0;
    await world.pass(3 * day);

    expect(await rowsWith(database.db, everyWord)).toEqual([]);
    expect(world.vendor.records.get(recordId)).toEqual(stood);
    expect(stood).toMatchObject({ nps_latest_comment: theirs.comments[0] });
    expect(world.vendor.calls.filter(({ call }) => call === 'write')).toEqual([]);
    const remembered = await database.db.select().from(suppression);
    const hashes = theirs.addresses.map((address) => world.context.addressHashes.of(address)[0]);
    expect(
      remembered
        .filter(({ survey }) => survey === '')
        .map(({ hash }) => hash)
        .sort(),
    ).toEqual(hashes.sort());
    expect(remembered.every(({ reason }) => reason === 'unsubscribed')).toBe(true);
    const said = JSON.stringify(world.logs).toLowerCase();
    for (const word of everyWord) expect(said.includes(word.toLowerCase()), word).toBe(false);
  }, 120_000);

  it('takes old answers from those who are still about, and changes no record by it', async () => {
    const world = await createWorld(database);
    const connection = await connectionOf(world);
    const long = (days: number) => new Date(world.clock().getTime() - days * day);
    const one = await anInvitation(database, connection, { email: 'one@example.com', createdAt: long(500) });
    await anAnswer(database, one, { rating: 3, comment: 'Long ago', at: long(500) });
    const again = await anInvitation(database, connection, { contactId: one.contactId, createdAt: long(5) });
    await anAnswer(database, again, { rating: 9, comment: 'Lately', at: long(5) });
    const other = await anInvitation(database, connection, { email: 'two@example.com', createdAt: long(500) });
    await anAnswer(database, other, { rating: 2, comment: 'Once', at: long(500) });
    // Something is going on with them: an open ticket.
    await updateTicket(database.db, other.ticket.id, { state: 'open' });
    for (const { id } of await world.contacts()) await updateContact(database.db, id, { createdAt: long(500) });
    await world.runDue();
    const before = new Map((await world.crmFields()).map((row) => [row.contactId, row]));
    await setRetention(world, 'P365D');
    await retain(world);

    expect((await world.responses()).map(({ comment }) => comment)).toEqual(['Lately']);
    const after = new Map((await world.crmFields()).map((row) => [row.contactId, row]));
    expect(after.get(one.contactId)).toEqual(before.get(one.contactId));
    expect(after.get(other.contactId)).toMatchObject({ revision: before.get(other.contactId)?.revision, values: {} });

    // Being asked anew does not clear what nothing is known of any more.
    await lastAsked(database, world.workspaceId, other.contactId, world.clock());
    const asked = (await world.crmFields()).find(({ contactId }) => contactId === other.contactId);
    expect(asked?.values).toEqual({ feedback_last_asked_date: world.clock().toISOString() });
  });

  it('keeps that a contact was asked for as long as a quiet period, however short the retention', async () => {
    const world = await createWorld(database, { surveys: [{ quietPeriod: 'P90D' }] });
    await setRetention(world, 'P30D');
    const { requester, email } = await world.asked();
    world.jump(60 * day);
    await world.runDue();
    await retain(world);
    await world.resolvedTicket({ requester });
    await world.pass(2 * hour);
    expect(world.fakeEmailServer.to(email)).toHaveLength(1);
    world.jump(31 * day);
    await world.runDue();
    await retain(world);
    await world.resolvedTicket({ requester });
    await world.pass(2 * hour);
    expect(world.fakeEmailServer.to(email)).toHaveLength(2);
  });

  it('clears what nobody keeps, once a day, whether or not anything else is to go', async () => {
    const world = await createWorld(database);
    const { workspaceId } = world;
    const of = { workspaceId, fingerprint: 'x', status: 200, body: {} };
    await database.db.insert(idempotency).values({ ...of, key: randomUUID(), at: world.clock() });
    const { sentEmail } = await world.asked();
    await world.answer(sentEmail, 9);
    const ours = async (table: typeof idempotency | typeof event) =>
      (await database.db.select().from(table)).filter((row) => row.workspaceId === workspaceId).length;
    expect(await ours(idempotency)).toBe(1);
    await world.pass(2 * day);
    expect(await ours(idempotency)).toBe(0);
    expect(await ours(event)).toBeGreaterThan(0);
    world.jump(89 * day);
    await world.runDue();
    expect(await ours(event)).toBe(0);
    expect(await world.responses()).toHaveLength(1);
    const row = await findWorkspace(database.db, workspaceId);
    expect(row?.retentionDueAt?.getTime()).toBe(world.clock().getTime() + day);
  });
});
