import { and, asc, eq, gt, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Queryable } from '../../../platform/database/database.ts';
import { idempotency } from '../../../platform/idempotency/tables.ts';
import { decision, surveyRequest } from '../../decisions/tables.ts';
import { dryRun } from '../../dry-run/tables.ts';
import { event, receivedEvent } from '../../events/tables.ts';
import { response } from '../../responses/tables.ts';
import type { LockedContact } from './erasure.ts';

/**
 * Deletes what names a contact without belonging to them: events about their records, also those that wait in the
 * received events; what callers of the API were answered; and dry runs that would have asked them.
 *
 * @param read what a caller was answered, as it is kept, in plain text
 */
export async function deleteTraces(
  tx: Queryable,
  locked: LockedContact,
  read: (answer: unknown, key: string) => string,
): Promise<void> {
  const records = locked.recordLinks.flatMap(({ connectionId, recordId }) =>
    recordId === null ? [] : [{ connectionId, recordId }],
  );
  for (const [connectionId, of] of Map.groupBy(records, (record) => record.connectionId)) {
    const ids = of.map(({ recordId }) => recordId);
    await deleteEvents(tx, connectionId, ids);
    await deleteFromReceivedEvents(tx, connectionId, ids);
  }
  const words = [
    ...locked.addresses,
    ...locked.ids,
    ...(await idsOfTheirs(tx, locked)),
    // Short as they may be, as a whole value only.
    ...[...locked.names, ...records.map(({ recordId }) => recordId)].map((word) => JSON.stringify(word)),
  ].map((word) => word.toLowerCase());
  await deleteAnswers(tx, locked, words, read);
  await tx
    .delete(dryRun)
    .where(
      and(
        eq(dryRun.workspaceId, locked.workspaceId),
        or(mentions(dryRun.findings, words), mentions(dryRun.place, words)),
      ),
    );
}

/** What the API calls theirs by. */
async function idsOfTheirs(tx: Queryable, { ids }: LockedContact): Promise<string[]> {
  const found: { id: string }[] = [];
  for (const table of [response, surveyRequest, decision] as const) {
    found.push(
      ...(await tx
        .select({ id: table.id })
        .from(table)
        .where(inArray(table.contactId, [...ids]))),
    );
  }
  return found.map(({ id }) => id);
}

/** How many remembered answers are looked through at once: callers make them, as many as they like in a day. */
const answersAtOnce = 500;

async function deleteAnswers(
  tx: Queryable,
  { workspaceId }: LockedContact,
  words: readonly string[],
  read: (answer: unknown, key: string) => string,
): Promise<void> {
  const ours = eq(idempotency.workspaceId, workspaceId);
  for (let after = ''; ; ) {
    const page = await tx
      .select({ key: idempotency.key, body: idempotency.body })
      .from(idempotency)
      .where(and(ours, gt(idempotency.key, after)))
      .orderBy(asc(idempotency.key))
      .limit(answersAtOnce);
    const theirs = page.flatMap(({ key, body }) => {
      const text = `${key} ${read(body, key)}`.toLowerCase();
      return words.some((word) => text.includes(word)) ? [key] : [];
    });
    if (theirs.length > 0) await tx.delete(idempotency).where(and(ours, inArray(idempotency.key, theirs)));
    const last = page.at(-1);
    if (!last || page.length < answersAtOnce) return;
    after = last.key;
  }
}

async function deleteEvents(tx: Queryable, connectionId: string, ids: string[]): Promise<void> {
  await tx
    .delete(event)
    .where(
      and(
        eq(event.connectionId, connectionId),
        sql`${event.kind} like 'contact.%'`,
        or(inArray(event.objectId, ids), inArray(event.intoId, ids)),
      ),
    );
}

async function deleteFromReceivedEvents(tx: Queryable, connectionId: string, ids: string[]): Promise<void> {
  const list = JSON.stringify(ids);
  const theirs = sql`n ->> 'connection_id' = ${connectionId} and n ->> 'kind' like 'contact.%'
    and (${list}::jsonb ? (n ->> 'object_id') or ${list}::jsonb ? coalesce(n ->> 'into_id', ''))`;
  await tx.execute(
    sql`update ${receivedEvent} set events = (
          select coalesce(jsonb_agg(n), '[]'::jsonb)::text from jsonb_array_elements(events::jsonb) n where not (${theirs}))
        where exists (select 1 from jsonb_array_elements(events::jsonb) n where ${theirs})`,
  );
}

/** @param words in lower case */
function mentions(column: PgColumn, words: readonly string[]): SQL {
  return sql`exists (select 1 from jsonb_array_elements_text(${JSON.stringify(words)}::jsonb) word
                     where position(word in lower(${column}::text)) > 0)`;
}
