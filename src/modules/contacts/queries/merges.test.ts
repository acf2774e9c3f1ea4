import { eq, inArray } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../../../../test/databases.ts';
import {
  aConnection,
  aContact,
  after,
  anAnswer,
  anInvitation,
  aVendorId,
  aWorkspace,
  lastAsked,
  minute,
  now,
} from '../../../../test/stored.ts';
import type { ContactSnapshot } from '../../../model/contact.ts';
import type { Database } from '../../../platform/database/database.ts';
import type { ConnectionRow } from '../../connections/queries/connections.ts';
import { decision } from '../../decisions/tables.ts';
import { invitation } from '../../invitations/tables.ts';
import { findRecordLink, markWritten } from '../../records/queries/record-links.ts';
import { crmFields, recordLink } from '../../records/tables.ts';
import { response } from '../../responses/tables.ts';
import { ticket } from '../../tickets/tables.ts';
import { claimOutOfSync, claimRequestedLinks } from '../../write-back/queries/record-link-claims.ts';
import { findAddresses, findContact, lockContact, updateContact } from './contacts.ts';
import { addressesIn, addressesShown, mergeContacts } from './merges.ts';
import { ensureContact } from './recognize.ts';

/** So many milliseconds before the tests' now. */
const ago = (milliseconds: number) => after(-milliseconds);

const all = { now, until: after(5 * minute), limit: 100 };

describe('the addresses that reach a contact', () => {
  test('are the primary one first, and others only where they are verified', () => {
    const emails = [
      { address: 'Second@Example.com', verified: true },
      { address: 'claimed@example.com', verified: false },
      { address: 'ANN@example.com', verified: true },
    ];
    expect(addressesIn({ email: 'ann@example.com', emails })).toEqual(['ann@example.com', 'second@example.com']);
    expect(addressesIn({ emails })).toEqual(['second@example.com', 'ann@example.com']);
    expect(addressesIn({ email: 'no address', emails: [] })).toEqual([]);
  });

  test('are not those that several contacts share, the primary one included', () => {
    const emails = [
      { address: 'Desk@example.com', verified: true, shared: true },
      { address: 'ann@example.com', verified: true },
    ];
    expect(addressesIn({ email: 'desk@Example.com', emails })).toEqual(['ann@example.com']);
    expect(addressesShown({ email: 'desk@Example.com', emails })).toEqual(['desk@example.com', 'ann@example.com']);
  });
});

describeOnEachDatabase('who is who', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  async function twoConnections(): Promise<[ConnectionRow, ConnectionRow]> {
    const workspaceId = await aWorkspace(database);
    return [
      await aConnection(database, { workspaceId, connector: 'hubspot' }),
      await aConnection(database, { workspaceId, connector: 'zendesk' }),
    ];
  }

  const merge = (workspaceId: string, loser: string, winner: string) =>
    database.transaction((tx) => mergeContacts(tx, { workspaceId, loser, winner }, now));

  function recognize({ id: connectionId, workspaceId }: ConnectionRow, shown: Partial<ContactSnapshot>) {
    const snapshot = { id: aVendorId(), emails: [], ...shown };
    return database.transaction((tx) => ensureContact(tx, { workspaceId, connectionId }, snapshot, now));
  }

  const crmFieldsOf = async (contactId: string) =>
    (await database.db.select().from(crmFields).where(eq(crmFields.contactId, contactId)))[0];

  /** Two contacts of one system with an answer each; Ann's was 3 and Bob's 9. */
  async function twoWhoAnswered(connection: ConnectionRow) {
    const annShown = { id: aVendorId(), email: 'ann@example.com' };
    const bobShown = { id: aVendorId(), email: 'bob@example.com' };
    const ann = await aContact(database, connection, annShown);
    const bob = await aContact(database, connection, bobShown);
    const first = await anInvitation(database, connection, { contactId: ann });
    const second = await anInvitation(database, connection, { contactId: bob, survey: first.survey });
    await anAnswer(database, first, { rating: 3, at: ago(2 * minute) });
    await anAnswer(database, second, { rating: 9, at: ago(minute) });
    return { ann, bob, annRecord: annShown.id, bobRecord: bobShown.id };
  }

  describe('merging', () => {
    test('moves everything of the loser’s, who leads to the winner from then on', async () => {
      const [hubspot] = await twoConnections();
      const { ann, bob, annRecord } = await twoWhoAnswered(hubspot);

      expect(await merge(hubspot.workspaceId, ann, bob)).toContain(hubspot.id);

      for (const table of [ticket, decision, invitation, response, recordLink] as const) {
        const owners = await database.db
          .select({ id: table.contactId })
          .from(table)
          .where(inArray(table.contactId, [ann, bob]));
        expect(owners.length).toBeGreaterThanOrEqual(2);
        expect(new Set(owners.map(({ id }) => id))).toEqual(new Set([bob]));
      }
      expect((await findAddresses(database.db, [ann, bob])).get(bob)?.toSorted()).toEqual([
        'ann@example.com',
        'bob@example.com',
      ]);
      expect(await findRecordLink(database.db, hubspot.id, annRecord)).toMatchObject({
        contactId: bob,
        state: 'present',
      });
      expect(await lockContact(database.db, ann)).toMatchObject({ id: bob });
      expect(await crmFieldsOf(ann)).toBeUndefined();
      expect(await crmFieldsOf(bob)).toMatchObject({
        lastChange: 'merged',
        values: { nps_response_count: 2, nps_latest_rating: 9 },
      });
    });

    test('twice leads all the way, and again changes nothing', async () => {
      const [hubspot] = await twoConnections();
      const { ann, bob } = await twoWhoAnswered(hubspot);
      const cleo = await aContact(database, hubspot, { email: 'cleo@example.com' });

      await merge(hubspot.workspaceId, ann, bob);
      await merge(hubspot.workspaceId, bob, cleo);
      expect([await findContact(database.db, ann), await findContact(database.db, bob)]).toMatchObject([
        { mergedInto: cleo },
        { mergedInto: cleo },
      ]);
      const before = await crmFieldsOf(cleo);
      expect(before).toMatchObject({ values: { nps_response_count: 2 } });
      expect(await merge(hubspot.workspaceId, ann, cleo)).toEqual([]);
      expect(await crmFieldsOf(cleo)).toEqual(before);
    });

    test('keeps what either said about being asked', async () => {
      const [hubspot] = await twoConnections();
      const ann = await aContact(database, hubspot, { email: 'ann@example.com', name: 'Ann', language: 'de' });
      const bob = await aContact(database, hubspot, { email: 'bob@example.com', name: 'Bob' });
      await updateContact(database.db, ann, { unsubscribedAt: ago(minute), lastAskedAt: now });
      await updateContact(database.db, bob, { lastAskedAt: ago(minute) });

      await merge(hubspot.workspaceId, ann, bob);

      expect(await findContact(database.db, bob)).toMatchObject({
        name: 'Bob',
        language: 'de',
        unsubscribedAt: ago(minute),
        lastAskedAt: now,
      });
    });

    test('contacts of two workspaces is not done', async () => {
      const [[hubspot], [other]] = [await twoConnections(), await twoConnections()];
      const ann = await aContact(database, hubspot, { email: 'ann@example.com' });
      const bob = await aContact(database, other, { email: 'bob@example.com' });
      for (const { workspaceId } of [hubspot, other]) expect(await merge(workspaceId, ann, bob)).toEqual([]);
      expect(await findContact(database.db, ann)).toMatchObject({ mergedInto: null });
    });

    test('both ways at once makes one of them', async () => {
      const [hubspot] = await twoConnections();
      const { ann, bob } = await twoWhoAnswered(hubspot);
      await Promise.all([merge(hubspot.workspaceId, ann, bob), merge(hubspot.workspaceId, bob, ann)]);
      const contacts = [await findContact(database.db, ann), await findContact(database.db, bob)];
      expect(contacts.filter((contact) => contact?.mergedInto === null)).toHaveLength(1);
    });

    test.each(['the loser', 'the winner'])(
      'while a write of %s is under way leaves its record behind',
      async (whose) => {
        const [hubspot] = await twoConnections();
        const { ann, bob, annRecord, bobRecord } = await twoWhoAnswered(hubspot);
        const of = whose === 'the loser' ? ann : bob;
        // The one whose write is under way has counted further than the other.
        for (let times = 1; times <= 3; times += 1) await lastAsked(database, hubspot.workspaceId, of, ago(4 - times));
        const writing = (await claimOutOfSync(database.db, hubspot.id, all)).map(({ id, revision }) => ({
          id,
          revision,
        }));
        expect(writing).toHaveLength(2);

        await merge(hubspot.workspaceId, ann, bob);
        await markWritten(database.db, writing, now);

        const outOfSync = await claimOutOfSync(database.db, hubspot.id, all);
        expect(outOfSync.map(({ recordId }) => recordId).toSorted()).toEqual([annRecord, bobRecord].toSorted());
        for (const { revision, values } of outOfSync) {
          expect(revision).toBeGreaterThan(Math.max(...writing.map((write) => write.revision)));
          expect(values).toMatchObject({ nps_response_count: 2 });
        }
      },
    );

    test('drops a wish for a record that the winner already has', async () => {
      const [hubspot, zendesk] = await twoConnections();
      const { ann, bob } = await twoWhoAnswered(hubspot);
      await aContact(database, zendesk, { id: aVendorId(), email: 'ann@example.com' });
      expect(await claimRequestedLinks(database.db, zendesk.id, all)).toMatchObject([{ contactId: bob }]);

      await merge(hubspot.workspaceId, ann, bob);

      const there = await database.db.select().from(recordLink).where(eq(recordLink.connectionId, zendesk.id));
      expect(there).toMatchObject([{ contactId: bob, state: 'present', dueAt: now }]);
    });
  });

  describe('recognizing', () => {
    test('an address that is not verified does not join, a verified one does', async () => {
      const [hubspot, zendesk] = await twoConnections();
      const ann = await aContact(database, hubspot, { email: 'ann@example.com' });
      const shown = (verified: boolean) => ({ emails: [{ address: 'ann@example.com', verified }] });
      expect(await aContact(database, zendesk, shown(false))).not.toBe(ann);
      expect(await aContact(database, zendesk, shown(true))).toBe(ann);
    });

    test('a key joins records whatever their addresses, and two contacts once it is seen on both', async () => {
      const [hubspot, zendesk] = await twoConnections();
      const ann = await aContact(database, hubspot, { email: 'ann@example.com', contactKey: 'A-1' });
      expect(await aContact(database, zendesk, { email: 'ann@elsewhere.example', contactKey: 'A-1' })).toBe(ann);

      const record = aVendorId();
      const other = await aContact(database, zendesk, { id: record, email: 'a@third.example' });
      expect(other).not.toBe(ann);
      await recognize(zendesk, { id: record, email: 'a@third.example', contactKey: 'A-1' });
      expect(await lockContact(database.db, ann)).toMatchObject({
        id: (await lockContact(database.db, other))?.id,
      });
    });

    test('the records that went up in one bring their contacts along', async () => {
      const [hubspot] = await twoConnections();
      const { ann, bob, annRecord, bobRecord } = await twoWhoAnswered(hubspot);
      const shown = { id: bobRecord, email: 'bob@example.com', mergedIds: [annRecord, 'never seen'] };
      expect(await recognize(hubspot, shown)).toMatchObject({
        contactId: bob,
        outOfSync: expect.arrayContaining([hubspot.id]),
      });
      expect(await findContact(database.db, ann)).toMatchObject({ mergedInto: bob });
    });

    test('a record that two contacts could be meant by is not written until they are joined', async () => {
      const [hubspot, zendesk] = await twoConnections();
      const { ann, bob } = await twoWhoAnswered(hubspot);
      const record = aVendorId();
      await aContact(database, zendesk, {
        id: record,
        email: 'ann@example.com',
        emails: [{ address: 'bob@example.com', verified: true }],
      });
      expect(await findRecordLink(database.db, zendesk.id, record)).toMatchObject({ state: 'ambiguous', dueAt: null });
      await lastAsked(database, hubspot.workspaceId, ann, now);
      expect(await claimOutOfSync(database.db, zendesk.id, all)).toEqual([]);

      expect(await merge(hubspot.workspaceId, ann, bob)).toContain(zendesk.id);
      expect(await claimOutOfSync(database.db, zendesk.id, all)).toMatchObject([
        { recordId: record, contactId: bob, values: { nps_response_count: 2 } },
      ]);
    });
  });
});
