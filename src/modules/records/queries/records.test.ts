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
import type { Database } from '../../../platform/database/database.ts';
import { claimOutOfSync, claimRequestedLinks } from '../../write-back/queries/record-link-claims.ts';
import { findRecordLink, markWritten } from './record-links.ts';
import { type FoundRecord, linkRequested, requestAllRecords } from './records.ts';

const all = { now, until: after(5 * minute), limit: 100 };

describeOnEachDatabase('wishes for records', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** Ann has a score, and her record in the second system is wished for. */
  async function aRequestedRecord() {
    const workspaceId = await aWorkspace(database);
    const hubspot = await aConnection(database, { workspaceId });
    const zendesk = await aConnection(database, { workspaceId, connector: 'zendesk' });
    const ann = await aContact(database, hubspot, { email: 'ann@example.com' });
    await lastAsked(database, hubspot.workspaceId, ann, now);
    const [request] = await claimRequestedLinks(database.db, zendesk.id, all);
    if (!request) throw new Error('nothing is wished for');
    const found: FoundRecord = {
      id: request.id,
      recordId: aVendorId(),
      doNotSurvey: true,
      addresses: ['ann@example.com'],
    };
    return { zendesk, ann, found };
  }

  test('that were found are linked, and behind', async () => {
    const { zendesk, ann, found } = await aRequestedRecord();
    expect(await linkRequested(database.db, [found])).toEqual(new Set([found.id]));
    expect(await findRecordLink(database.db, zendesk.id, found.recordId)).toMatchObject({
      id: found.id,
      contactId: ann,
      state: 'present',
      doNotSurvey: true,
    });
    expect(await claimOutOfSync(database.db, zendesk.id, all)).toMatchObject([{ id: found.id }]);
  });

  test('are left to a closer look when the record is a contact’s already, or shows an address of another contact', async () => {
    const taken = await aRequestedRecord();
    await aContact(database, taken.zendesk, { id: taken.found.recordId, email: 'bob@example.com' });
    expect(await linkRequested(database.db, [taken.found])).toEqual(new Set());

    const shared = await aRequestedRecord();
    await aContact(database, shared.zendesk, { email: 'bob@example.com' });
    const addresses = ['ann@example.com', 'bob@example.com'];
    expect(await linkRequested(database.db, [{ ...shared.found, addresses }])).toEqual(new Set());
    expect(await linkRequested(database.db, [shared.found])).toEqual(new Set([shared.found.id]));
  });

  test('for all contacts with a score are made once a connection takes scores, and known records are behind', async () => {
    const hubspot = await aConnection(database);
    const annRecord = aVendorId();
    const ann = await aContact(database, hubspot, { id: annRecord, email: 'ann@example.com' });
    const bob = await aContact(database, hubspot, { email: 'bob@example.com' });
    for (const id of [ann, bob]) await lastAsked(database, hubspot.workspaceId, id, now);
    await aContact(database, hubspot, { email: 'without.score@example.com' });
    const late = await aConnection(database, { workspaceId: hubspot.workspaceId, connector: 'late' });
    const of = { workspaceId: hubspot.workspaceId, connectionId: late.id };
    await aContact(database, late, { id: annRecord, email: 'ann@example.com' });
    const written = (await claimOutOfSync(database.db, late.id, all)).map(({ id, revision }) => ({ id, revision }));
    await markWritten(database.db, written, now);
    expect(await claimOutOfSync(database.db, late.id, all)).toEqual([]);

    await requestAllRecords(database.db, of, now);
    await requestAllRecords(database.db, of, now);

    expect(await claimRequestedLinks(database.db, late.id, all)).toMatchObject([{ contactId: bob }]);
    expect(await claimOutOfSync(database.db, late.id, all)).toMatchObject([{ contactId: ann, recordId: annRecord }]);
  });
});
