import { and, count, eq, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../../platform/database/database.ts';
import { decision, surveyRequest } from '../../decisions/tables.ts';
import { invitation } from '../../invitations/tables.ts';
import { crmFields, recordLink } from '../../records/tables.ts';
import { response } from '../../responses/tables.ts';
import { survey } from '../../surveys/tables.ts';
import { ticket } from '../../tickets/tables.ts';
import { forgetMetrics, metricsIn } from '../crm-fields.ts';
import { contact, unsubscription } from '../tables.ts';
import { findAddressStates, liftAddressStates } from './address-states.ts';
import { findAddresses, lockContact } from './contacts.ts';

/** Contacts with answers that are too old. */
export async function withOldAnswers(
  db: Queryable,
  workspaceId: string,
  before: Date,
  limit: number,
): Promise<string[]> {
  const found = await db
    .selectDistinct({ id: response.contactId })
    .from(response)
    .where(and(eq(response.workspaceId, workspaceId), lt(response.answeredAt, before)))
    .limit(limit);
  return found.map(({ id }) => id);
}

/**
 * Deletes a contact's old answers. Their records stay as they stand: of a metric without an answer left nothing is held
 * any more, and so nothing is ever written over it but by a new answer.
 */
export async function deleteOldAnswers(tx: Queryable, contactId: string, before: Date): Promise<void> {
  await lockContact(tx, contactId);
  await tx.delete(response).where(and(eq(response.contactId, contactId), lt(response.answeredAt, before)));
  const [locked] = await tx.select().from(crmFields).where(eq(crmFields.contactId, contactId)).for('update');
  if (!locked) return;
  const left = await tx
    .select({ metric: response.metric, answers: count() })
    .from(response)
    .where(and(eq(response.contactId, contactId), eq(response.onRecord, true)))
    .groupBy(response.metric);
  const known = metricsIn(locked.values);
  const gone = known.filter((metric) => !left.some((row) => row.metric === metric));
  if (gone.length === 0) return;
  await tx
    .update(crmFields)
    .set({ values: forgetMetrics(locked.values, gone) })
    .where(eq(crmFields.contactId, contactId));
}

/** Somebody who is forgotten, and what has to be remembered of them: that they do not want to be asked. */
export type Forgotten = { addresses: readonly string[]; unsubscribed: 'all' | readonly string[] };

/**
 * Deletes contacts of whom nothing is left that is younger, with the record links of what stands on their records.
 *
 * @param remember what has to be remembered of them; called before they go
 * @returns how many were looked at
 */
export async function deleteUnused(
  tx: Queryable,
  { workspaceId, before, limit }: { workspaceId: string; before: Date; limit: number },
  remember: (forgotten: readonly Forgotten[]) => Promise<void>,
): Promise<number> {
  const locked = await tx
    .select()
    .from(contact)
    .where(and(eq(contact.workspaceId, workspaceId), unused(before)))
    .limit(limit)
    .for('update', { skipLocked: true });
  if (locked.length === 0) return 0;
  const ids = locked.map(({ id }) => id);
  const addresses = await findAddresses(tx, ids);
  const single = await tx
    .select({ contactId: unsubscription.contactId, survey: survey.key })
    .from(unsubscription)
    .innerJoin(survey, eq(survey.id, unsubscription.surveyId))
    .where(inArray(unsubscription.contactId, ids));
  const states = await findAddressStates(tx, workspaceId, [...addresses.values()].flat());
  const complained = new Set(states.filter(({ kind }) => kind === 'complaint').map(({ address }) => address));
  await remember(
    locked.map(({ id, unsubscribedAt, doNotSurvey }) => ({
      addresses: addresses.get(id) ?? [],
      unsubscribed:
        unsubscribedAt || doNotSurvey || addresses.get(id)?.some((address) => complained.has(address))
          ? 'all'
          : single.flatMap((row) => (row.contactId === id ? [row.survey] : [])),
    })),
  );
  // Looked at again: until they were held, something may have come to rest on them.
  const gone = await tx
    .delete(contact)
    .where(and(inArray(contact.id, ids), unused(before)))
    .returning({ id: contact.id });
  await liftAddressStates(
    tx,
    workspaceId,
    gone.flatMap(({ id }) => addresses.get(id) ?? []),
  );
  return locked.length;
}

function unused(before: Date): SQL | undefined {
  const nothingIn = [invitation, response, surveyRequest, decision].map(
    (table) => sql`not exists (select 1 from ${table} t where t.contact_id = ${contact.id})`,
  );
  return and(
    lt(contact.createdAt, before),
    isNull(contact.erasedAt),
    ...nothingIn,
    sql`not exists (select 1 from ${ticket} t where t.contact_id = ${contact.id}
                      and (t.state = 'open' or t.refreshed_at >= ${before.toISOString()}::timestamptz))`,
    sql`not exists (select 1 from ${recordLink} c where c.contact_id = ${contact.id} and c.writing_revision is not null)`,
  );
}
