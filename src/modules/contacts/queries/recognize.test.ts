import { beforeAll, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../../../../test/databases.ts';
import {
  aConnection,
  aContact,
  after,
  aVendorId,
  aWorkspace,
  lastAsked,
  minute,
  now,
} from '../../../../test/stored.ts';
import type { ContactSnapshot } from '../../../model/contact.ts';
import type { Database } from '../../../platform/database/database.ts';
import type { ConnectionRow } from '../../connections/queries/connections.ts';
import { findRecordLink, updateRecordLinks } from '../../records/queries/record-links.ts';
import { linkRecord } from '../../records/queries/records.ts';
import { claimOutOfSync, claimRequestedLinks } from '../../write-back/queries/record-link-claims.ts';
import { contactKey } from '../tables.ts';
import { findAddresses, findContact, notToSurvey } from './contacts.ts';
import { ensureContactByEmail } from './recognize.ts';

const all = { now, until: after(5 * minute), limit: 100 };

describeOnEachDatabase('recognizing a contact', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** Two systems of one company. */
  async function twoConnections(): Promise<[ConnectionRow, ConnectionRow]> {
    const workspaceId = await aWorkspace(database);
    return [
      await aConnection(database, { workspaceId, connector: 'hubspot' }),
      await aConnection(database, { workspaceId, connector: 'zendesk' }),
    ];
  }

  async function addresses(contactId: string): Promise<string[]> {
    return ((await findAddresses(database.db, [contactId])).get(contactId) ?? []).toSorted();
  }

  test('the same address in two systems is one contact with two records', async () => {
    const [hubspot, zendesk] = await twoConnections();
    const first = await aContact(database, hubspot, { id: '1', email: 'Ann@Example.com ' });
    const second = await aContact(database, zendesk, { id: '2', email: 'ann@example.COM' });

    expect(second).toBe(first);
    expect(await addresses(first)).toEqual(['ann@example.com']);
    expect(await findRecordLink(database.db, hubspot.id, '1')).toMatchObject({ contactId: first, state: 'present' });
    expect(await findRecordLink(database.db, zendesk.id, '2')).toMatchObject({ contactId: first, state: 'present' });
  });

  test('an address that several contacts share joins no one', async () => {
    const [hubspot, zendesk] = await twoConnections();
    const emails = [{ address: 'desk@example.com', verified: true, shared: true }];
    const [first, second] = ['1', '2'].map((id) =>
      aContact(database, zendesk, { id, email: 'desk@example.com', emails }),
    );
    const third = aContact(database, hubspot, { id: '3', email: 'desk@example.com' });
    expect(new Set([await first, await second, await third]).size).toBe(3);
    expect(await findRecordLink(database.db, zendesk.id, '2')).toMatchObject({
      contactId: await second,
      state: 'present',
    });
  });

  test('even when both systems show them for the first time at once', async () => {
    const [hubspot, zendesk] = await twoConnections();
    const emails = Array.from({ length: 3 }, (_, index) => `contact-${index}@example.com`);

    for (const email of emails) {
      const shown = [hubspot, zendesk, hubspot, zendesk].map((connection) => aContact(database, connection, { email }));
      expect(new Set(await Promise.all(shown)).size).toBe(1);
    }
  });

  test('the same address in another workspace is another contact', async () => {
    const [first] = await twoConnections();
    const [other] = await twoConnections();

    expect(await aContact(database, first, { email: 'ann@example.com' })).not.toBe(
      await aContact(database, other, { email: 'ann@example.com' }),
    );
  });

  test('a record stays its contact’s when its address changes, and the old one is given up', async () => {
    const [hubspot] = await twoConnections();
    const ann = await aContact(database, hubspot, { id: '1', email: 'ann@example.com' });

    expect(await aContact(database, hubspot, { id: '1', email: 'ann@example.org' })).toBe(ann);
    expect(await addresses(ann)).toEqual(['ann@example.org']);
  });

  test('a new contact with the old address of another contact’s record is not the same contact', async () => {
    const [hubspot, zendesk] = await twoConnections();
    const ann = await aContact(database, hubspot, { id: '1', email: 'ann@example.com' });
    await aContact(database, hubspot, { id: '1', email: 'ann@example.org' });

    const bob = await aContact(database, hubspot, { id: '2', email: 'ann@example.com' });
    expect(bob).not.toBe(ann);
    expect(await aContact(database, zendesk, { id: '3', email: 'ann@example.com' })).toBe(bob);
    expect(await aContact(database, zendesk, { id: '4', email: 'ann@example.org' })).toBe(ann);
  });

  test('an address stays theirs while another record of theirs shows it', async () => {
    const [hubspot, zendesk] = await twoConnections();
    const ann = await aContact(database, hubspot, { id: '1', email: 'ann@example.com' });
    await aContact(database, zendesk, { id: '2', email: 'ann@example.com' });
    await aContact(database, hubspot, { id: '1', email: 'ann@example.org' });
    expect(await addresses(ann)).toEqual(['ann@example.com', 'ann@example.org']);

    await aContact(database, zendesk, { id: '2', email: 'ann@example.org' });
    expect(await addresses(ann)).toEqual(['ann@example.org']);
  });

  test('an address that was introduced, and that no record ever showed, stays theirs', async () => {
    const [hubspot] = await twoConnections();
    const ann = await database.transaction((tx) =>
      ensureContactByEmail(tx, hubspot.workspaceId, { email: 'ann@example.net' }, now),
    );
    const key = { contactKey: 'ann-4711' };
    await database.transaction((tx) =>
      tx.insert(contactKey).values({ ...{ workspaceId: hubspot.workspaceId }, value: key.contactKey, contactId: ann }),
    );
    await aContact(database, hubspot, { id: '1', email: 'ann@example.com', ...key });
    await aContact(database, hubspot, { id: '1', email: 'ann@example.org', ...key });

    expect(await addresses(ann)).toEqual(['ann@example.net', 'ann@example.org']);
  });

  test('another contact’s address stays theirs when a record takes it on', async () => {
    const [hubspot, zendesk] = await twoConnections();
    const ann = await aContact(database, hubspot, { id: '1', email: 'ann@example.com' });
    const bob = await aContact(database, hubspot, { id: '2', email: 'bob@example.com' });

    expect(await aContact(database, hubspot, { id: '2', email: 'ann@example.com' })).toBe(bob);
    expect([await addresses(ann), await addresses(bob)]).toEqual([['ann@example.com'], []]);
    expect(await aContact(database, zendesk, { id: '3', email: 'ann@example.com' })).toBe(ann);
  });

  test('no records share a contact for want of an address', async () => {
    const [hubspot] = await twoConnections();
    const contacts = [
      await aContact(database, hubspot, {}),
      await aContact(database, hubspot, {}),
      await aContact(database, hubspot, { email: 'not an address' }),
      await aContact(database, hubspot, { email: 'not an address' }),
    ];

    expect(new Set(contacts).size).toBe(4);
  });

  test('what a system says of them is kept, and what it does not say is left alone', async () => {
    const [hubspot, zendesk] = await twoConnections();
    const shown = { email: 'ann@example.com', name: 'Ann', language: 'de', timeZone: 'Europe/Berlin' };
    const ann = await aContact(database, hubspot, shown);
    await aContact(database, zendesk, { email: 'ann@example.com', name: 'Ann Archer' });

    expect(await findContact(database.db, ann)).toMatchObject({
      name: 'Ann Archer',
      language: 'de',
      timeZone: 'Europe/Berlin',
    });
  });

  test('one record that says not to survey them is enough, until it says otherwise', async () => {
    const [hubspot, zendesk] = await twoConnections();
    const says = (doNotSurvey: boolean): Partial<ContactSnapshot> => ({
      id: '2',
      email: 'ann@example.com',
      doNotSurvey,
    });
    const ann = await aContact(database, hubspot, { id: '1', email: 'ann@example.com' });
    await aContact(database, zendesk, says(true));
    expect(await notToSurvey(database.db, [ann])).toEqual(new Set([ann]));

    await aContact(database, zendesk, says(false));
    expect(await notToSurvey(database.db, [ann])).toEqual(new Set());
  });

  test('a record that was wished for takes the place of the wish, and is behind', async () => {
    const [hubspot, zendesk] = await twoConnections();
    const ann = await aContact(database, hubspot, { email: 'ann@example.com' });
    await lastAsked(database, hubspot.workspaceId, ann, now);
    const [request] = await claimRequestedLinks(database.db, zendesk.id, all);
    expect(request).toMatchObject({ contactId: ann });

    await aContact(database, zendesk, { id: '2', email: 'ann@example.com' });

    expect(await findRecordLink(database.db, zendesk.id, '2')).toMatchObject({
      id: request?.id,
      state: 'present',
      dueAt: now,
    });
    expect(await claimRequestedLinks(database.db, zendesk.id, { ...all, now: after(minute * 10) })).toEqual([]);
    expect(await claimOutOfSync(database.db, zendesk.id, all)).toMatchObject([{ recordId: '2', revision: 1 }]);
  });

  test('a contact who was not to be found is, once a ticket shows their record', async () => {
    const [hubspot, zendesk] = await twoConnections();
    const ann = await aContact(database, hubspot, { email: 'ann@example.com' });
    await lastAsked(database, hubspot.workspaceId, ann, now);
    const requests = await claimRequestedLinks(database.db, zendesk.id, all);
    const ids = requests.map(({ id }) => id);
    await updateRecordLinks(database.db, ids, {
      state: 'absent',
      dueAt: null,
      outcome: { code: 'unknown_address', params: {} },
    });

    await aContact(database, zendesk, { id: '2', email: 'ann@example.com' });

    expect(await findRecordLink(database.db, zendesk.id, '2')).toMatchObject({
      state: 'present',
      dueAt: now,
      outcome: null,
    });
  });

  test('a second record of a contact is behind, a known one that is shown again is not', async () => {
    const [hubspot] = await twoConnections();
    const ann = await aContact(database, hubspot, { id: '1', email: 'ann@example.com' });
    await lastAsked(database, hubspot.workspaceId, ann, now);
    const first = await claimOutOfSync(database.db, hubspot.id, all);
    await updateRecordLinks(database.db, [first[0]?.id ?? ''], { writingRevision: null, dueAt: null });

    await aContact(database, hubspot, { id: '1', email: 'ann@example.com' });
    await aContact(database, hubspot, { id: '2', email: 'ann@example.com' });

    expect(await claimOutOfSync(database.db, hubspot.id, all)).toMatchObject([{ recordId: '2' }]);
  });

  test('a record of a contact without a score is not behind', async () => {
    const [hubspot] = await twoConnections();
    await aContact(database, hubspot, { id: '1', email: 'ann@example.com' });

    expect(await findRecordLink(database.db, hubspot.id, '1')).toMatchObject({ state: 'present', dueAt: null });
  });

  test('a record that was gone and is back is behind', async () => {
    const [hubspot] = await twoConnections();
    const ann = await aContact(database, hubspot, { id: '1', email: 'ann@example.com' });
    await lastAsked(database, hubspot.workspaceId, ann, now);
    const recordLink = await findRecordLink(database.db, hubspot.id, '1');
    await updateRecordLinks(database.db, [recordLink?.id ?? ''], { state: 'gone', dueAt: null });

    await aContact(database, hubspot, { id: '1', email: 'ann@example.com' });

    expect(await claimOutOfSync(database.db, hubspot.id, all)).toMatchObject([{ recordId: '1' }]);
  });

  test('a wish ends when the record that was found is another contact’s', async () => {
    const [hubspot, zendesk] = await twoConnections();
    const ann = await aContact(database, hubspot, { email: 'ann@example.com' });
    await lastAsked(database, hubspot.workspaceId, ann, now);
    const record = aVendorId();
    const bob = await aContact(database, zendesk, { id: record, email: 'bob@example.com' });
    const of = { workspaceId: zendesk.workspaceId, connectionId: zendesk.id, contactId: ann };

    await database.transaction((tx) => linkRecord(tx, of, { id: record }, now));

    expect(await findRecordLink(database.db, zendesk.id, record)).toMatchObject({ contactId: bob });
    expect(await claimRequestedLinks(database.db, zendesk.id, all)).toEqual([]);
  });
});
