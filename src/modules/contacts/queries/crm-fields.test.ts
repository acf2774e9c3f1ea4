import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../../../../test/databases.ts';
import {
  aConnection,
  aContact,
  after,
  anAnswer,
  anInvitation,
  aWorkspace,
  day,
  lastAsked,
  minute,
  now,
} from '../../../../test/stored.ts';
import type { Database } from '../../../platform/database/database.ts';
import { createRender } from '../../../platform/messages/render.ts';
import { updateWorkspace } from '../../../platform/workspaces/queries.ts';
import type { ConnectionRow } from '../../connections/queries/connections.ts';
import { updateConnection } from '../../connections/queries/connections.ts';
import { findRecordLink, markWritten, updateRecordLinks } from '../../records/queries/record-links.ts';
import { crmFields } from '../../records/tables.ts';
import { updateResponse } from '../../responses/queries/responses.ts';
import { claimOutOfSync, claimRequestedLinks } from '../../write-back/queries/record-link-claims.ts';
import { refreshCrmFields } from './crm-fields.ts';

const all = { now: after(day), until: after(2 * day), limit: 100 };

describeOnEachDatabase('a score', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  async function crmFieldsOf(contactId: string) {
    const [found] = await database.db.select().from(crmFields).where(eq(crmFields.contactId, contactId));
    return found;
  }

  async function twoConnections(): Promise<[ConnectionRow, ConnectionRow]> {
    const workspaceId = await aWorkspace(database);
    const other = await aConnection(database, { workspaceId, connector: 'zendesk' });
    return [await aConnection(database, { workspaceId }), other];
  }

  test('gives the reason of a flag in the language of the workspace', async () => {
    const connection = await aConnection(database);
    await updateWorkspace(database.db, connection.workspaceId, { language: 'de' });
    const nps = await anInvitation(database, connection);
    const csat = await anInvitation(database, connection, { contactId: nps.contactId });
    await anAnswer(database, nps, { rating: 9, at: now });
    await anAnswer(database, csat, { metric: 'csat', scale: 5, rating: 5, at: after(minute) });
    const params = { nps: 9, csat: 5, scale: 5 };
    expect((await crmFieldsOf(nps.contactId))?.values).toMatchObject({
      feedback_advocate: true,
      feedback_flag_reason: createRender({ language: 'de' })('flags', { code: 'advocate', params }),
    });
  });

  test('says what stands in the responses on the record, and counts its changes', async () => {
    const connection = await aConnection(database);
    const first = await anInvitation(database, connection);
    const { contactId, survey } = first;
    const second = await anInvitation(database, connection, { contactId, survey });
    await anAnswer(database, first, { rating: 3, at: now });
    expect(await crmFieldsOf(contactId)).toMatchObject({ revision: 1, values: { nps_latest_category: 'detractor' } });
    const answer = await anAnswer(database, second, { rating: 9, comment: 'Quick.', at: after(minute) });

    expect(await crmFieldsOf(contactId)).toMatchObject({
      revision: 2,
      changedAt: after(minute),
      lastChange: 'answered',
      values: {
        nps_latest_rating: 9,
        nps_latest_comment: 'Quick.',
        nps_previous_rating: 3,
        nps_trend: 'up',
        nps_response_count: 2,
        nps_latest_survey: 'after-ticket',
        nps_latest_ticket: `hubspot:${second.ticket.externalId}`,
        feedback_last_change: 'answered',
      },
    });

    await database.transaction(async (tx) => {
      await updateResponse(tx, answer.id, { onRecord: false });
      await refreshCrmFields(tx, { workspaceId: connection.workspaceId, contactId }, after(day), {
        change: 'retracted',
      });
    });
    expect(await crmFieldsOf(contactId)).toMatchObject({
      revision: 3,
      values: { nps_latest_rating: 3, nps_response_count: 1, feedback_last_change: 'retracted' },
    });
  });

  test('that does not change keeps its revision, and nothing is behind', async () => {
    const connection = await aConnection(database);
    const asked = await anInvitation(database, connection);
    await anAnswer(database, asked);
    const [claimed] = await claimOutOfSync(database.db, connection.id, all);
    await markWritten(database.db, [{ id: claimed?.id ?? '', revision: 1 }], now);
    const { workspaceId } = connection;

    const again = () =>
      database.transaction((tx) => refreshCrmFields(tx, { workspaceId, contactId: asked.contactId }, after(minute)));

    expect(await again()).toEqual([]);
    expect(await crmFieldsOf(asked.contactId)).toMatchObject({ revision: 1, changedAt: now });
    expect(await claimOutOfSync(database.db, connection.id, all)).toEqual([]);
  });

  test('that changes is behind in every system that takes scores, known there or not', async () => {
    const [hubspot, zendesk] = await twoConnections();
    const silent = await aConnection(database, { workspaceId: hubspot.workspaceId, connector: 'freshdesk' });
    await updateConnection(database.db, silent.id, { writeBackEnabled: false });
    const ann = await aContact(database, hubspot, { id: '1', email: 'ann@example.com' });
    await aContact(database, silent, { id: '2', email: 'ann@example.com' });

    const outOfSync = await lastAsked(database, hubspot.workspaceId, ann, now);

    expect(outOfSync.toSorted()).toEqual([hubspot.id, zendesk.id].toSorted());
    expect(await claimOutOfSync(database.db, hubspot.id, all)).toMatchObject([{ recordId: '1', revision: 1 }]);
    expect(await claimRequestedLinks(database.db, zendesk.id, all)).toMatchObject([{ contactId: ann }]);
    expect(await findRecordLink(database.db, silent.id, '2')).toMatchObject({ contactId: ann, dueAt: null });
  });

  test('of another contact is left alone', async () => {
    const [hubspot] = await twoConnections();
    const [ann, bob] = [await aContact(database, hubspot), await aContact(database, hubspot)];
    await lastAsked(database, hubspot.workspaceId, ann, now);

    expect(await crmFieldsOf(bob)).toBeUndefined();
    expect(await claimOutOfSync(database.db, hubspot.id, all)).toMatchObject([{ contactId: ann }]);
  });

  test('gives a parked record another chance', async () => {
    const [hubspot] = await twoConnections();
    const ann = await aContact(database, hubspot, { id: '1' });
    await lastAsked(database, hubspot.workspaceId, ann, now);
    const recordLink = await findRecordLink(database.db, hubspot.id, '1');
    await updateRecordLinks(database.db, [recordLink?.id ?? ''], { failedAt: now, dueAt: null, attempts: 6 });

    await lastAsked(database, hubspot.workspaceId, ann, after(minute));

    expect(await findRecordLink(database.db, hubspot.id, '1')).toMatchObject({
      failedAt: null,
      attempts: 0,
      dueAt: after(minute),
    });
  });

  test('does not cut short the wait of a record that failed', async () => {
    const [hubspot] = await twoConnections();
    const ann = await aContact(database, hubspot, { id: '1' });
    await lastAsked(database, hubspot.workspaceId, ann, now);
    const recordLink = await findRecordLink(database.db, hubspot.id, '1');
    await updateRecordLinks(database.db, [recordLink?.id ?? ''], { attempts: 3, dueAt: after(5 * minute) });

    await lastAsked(database, hubspot.workspaceId, ann, after(minute));

    expect(await findRecordLink(database.db, hubspot.id, '1')).toMatchObject({ attempts: 3, dueAt: after(5 * minute) });
  });

  test('does not wake what is gone', async () => {
    const [hubspot] = await twoConnections();
    const ann = await aContact(database, hubspot, { id: '1' });
    const recordLink = await findRecordLink(database.db, hubspot.id, '1');
    await updateRecordLinks(database.db, [recordLink?.id ?? ''], { state: 'gone' });

    await lastAsked(database, hubspot.workspaceId, ann, now);

    expect(await findRecordLink(database.db, hubspot.id, '1')).toMatchObject({ state: 'gone', dueAt: null });
  });
});
