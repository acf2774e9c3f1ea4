import { and, eq, inArray, sql } from 'drizzle-orm';
import { chooseMessageLanguage } from '../../../model/messages/languages.ts';
import type { Response } from '../../../model/response.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { createRender } from '../../../platform/messages/render.ts';
import { workspace } from '../../../platform/workspaces/tables.ts';
import { connection } from '../../connections/tables.ts';
import { invitation } from '../../invitations/tables.ts';
import { ensureRecordLinks, outOfSyncBefore } from '../../records/index.ts';
import { crmFields, recordLink } from '../../records/tables.ts';
import { response } from '../../responses/tables.ts';
import { survey } from '../../surveys/tables.ts';
import { resolution, ticket } from '../../tickets/tables.ts';
import { type CrmFieldsChange, fieldValues, metricsIn } from '../crm-fields.ts';
import { contact } from '../tables.ts';

type Why = { change?: CrmFieldsChange; always?: boolean };

/**
 * Computes again what should stand on a contact's records. When that changed, the revision grows and every record link is
 * out of sync; call within the transaction that changed what it rests on, with the contact's row locked.
 *
 * @param why.change absent when only the date of asking moved
 * @param why.always true to write to every record again even when nothing changed
 * @returns the connections that have something to write
 */
export function refreshCrmFields(
  tx: Queryable,
  { workspaceId, contactId }: { workspaceId: string; contactId: string },
  now: Date,
  why: Why = {},
): Promise<string[]> {
  return refreshManyCrmFields(tx, { workspaceId, contactIds: [contactId] }, now, why);
}

/** The same for several contacts of a workspace at once. */
export async function refreshManyCrmFields(
  tx: Queryable,
  { workspaceId, contactIds }: { workspaceId: string; contactIds: readonly string[] },
  now: Date,
  { change, always = false }: Why = {},
): Promise<string[]> {
  // Whoever holds several scores takes them in this order.
  const ids = [...new Set(contactIds)].sort();
  if (ids.length === 0) return [];
  const standing = await tx
    .select({ id: contact.id, askedAt: contact.lastAskedAt, crmFields, language: workspace.language })
    .from(contact)
    .innerJoin(workspace, eq(workspace.id, contact.workspaceId))
    .leftJoin(crmFields, eq(crmFields.contactId, contact.id))
    .where(inArray(contact.id, ids))
    .orderBy(contact.id);
  const responses = await responsesOnRecord(tx, ids);
  const changed = standing.flatMap(({ id, askedAt, crmFields: before, language }) => {
    const say = createRender({ language: chooseMessageLanguage([language]) });
    const lastChange = change ?? before?.lastChange ?? null;
    const values = fieldValues(responses.get(id) ?? [], {
      known: before ? metricsIn(before.values) : [],
      lastChange,
      lastAskedAt: askedAt,
      say: (reason) => say('flags', reason),
    });
    if (before && !always && sameValues(before.values, values)) return [];
    return [{ contactId: id, workspaceId, revision: (before?.revision ?? 0) + 1, values, lastChange, changedAt: now }];
  });
  if (changed.length === 0) return [];
  const { revision, values, lastChange, changedAt } = crmFields;
  await tx
    .insert(crmFields)
    .values(changed)
    .onConflictDoUpdate({
      target: crmFields.contactId,
      set: Object.fromEntries(
        Object.entries({ revision, values, lastChange, changedAt }).map(([key, { name }]) => [
          key,
          sql`excluded.${sql.identifier(name)}`,
        ]),
      ),
    });
  const outOfSync = changed.map(({ contactId }) => contactId);
  await ensureRecordLinks(tx, workspaceId, outOfSync);
  return markOutOfSync(tx, outOfSync, now);
}

/** The contacts' record links are to be written from `now` on. A record known to be gone waits for news of it. */
async function markOutOfSync(tx: Queryable, contactIds: string[], now: Date): Promise<string[]> {
  const outOfSync = await tx
    .update(recordLink)
    .set({
      // A failure that is waiting out its time keeps waiting; what has failed gets another chance with new values.
      dueAt: sql`case when ${recordLink.dueAt} > ${now.toISOString()}::timestamptz and ${recordLink.attempts} > 0
                      then ${recordLink.dueAt} else ${now.toISOString()}::timestamptz end`,
      outOfSyncSince: outOfSyncBefore,
      attempts: sql`case when ${recordLink.failedAt} is null then ${recordLink.attempts} else 0 end`,
      failedAt: null,
    })
    .from(connection)
    .where(
      and(
        inArray(recordLink.contactId, contactIds),
        eq(connection.id, recordLink.connectionId),
        eq(connection.writeBackEnabled, true),
        sql`${recordLink.state} in ('searching', 'present')`,
      ),
    )
    .returning({ connectionId: recordLink.connectionId });
  return [...new Set(outOfSync.map((row) => row.connectionId))];
}

/** By contact. */
async function responsesOnRecord(tx: Queryable, contactIds: string[]): Promise<Map<string, Response[]>> {
  const found = await tx
    .select({
      response,
      survey: survey.key,
      connector: connection.connector,
      ticket: ticket.externalId,
      agent: resolution.agent,
    })
    .from(response)
    .innerJoin(survey, eq(survey.id, response.surveyId))
    .leftJoin(invitation, eq(invitation.id, response.invitationId))
    .leftJoin(resolution, eq(resolution.id, invitation.resolutionId))
    .leftJoin(ticket, eq(ticket.id, invitation.ticketId))
    .leftJoin(connection, eq(connection.id, ticket.connectionId))
    .where(and(inArray(response.contactId, contactIds), eq(response.onRecord, true)));
  const given = found.map((row) => ({
    ...row.response,
    survey: row.survey,
    ticket: row.ticket === null ? null : `${row.connector}:${row.ticket}`,
    agent: row.agent,
  }));
  return Map.groupBy(given, ({ contactId }) => contactId);
}

function sameValues(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
