import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Queryable } from './database.ts';
import type { HeldPerson } from './erasure.ts';
import { dryRun, idempotency, intake, notice } from './tables/index.ts';

/**
 * Deletes what names a person without belonging to them: notices about their records, also those that wait in the
 * journal; what callers of the API were answered; and dry runs that would have asked them.
 */
export async function deleteTraces(tx: Queryable, person: HeldPerson): Promise<void> {
  const records = person.copies.flatMap(({ connectionId, externalId }) =>
    externalId === null ? [] : [{ connectionId, externalId }],
  );
  for (const [connectionId, of] of Map.groupBy(records, (record) => record.connectionId)) {
    const ids = of.map(({ externalId }) => externalId);
    await deleteNotices(tx, connectionId, ids);
    await deleteFromJournal(tx, connectionId, ids);
  }
  const words = [
    ...[...person.addresses, ...person.ids].map((word) => word.toLowerCase()),
    // Short as they may be, as a whole value only.
    ...[...person.names, ...records.map(({ externalId }) => externalId)].map((word) =>
      JSON.stringify(word).toLowerCase(),
    ),
  ];
  await tx
    .delete(idempotency)
    .where(
      and(
        eq(idempotency.workspaceId, person.workspaceId),
        or(mentions(idempotency.body, words), mentions(idempotency.key, words)),
      ),
    );
  await tx
    .delete(dryRun)
    .where(
      and(
        eq(dryRun.workspaceId, person.workspaceId),
        or(mentions(dryRun.findings, words), mentions(dryRun.place, words)),
      ),
    );
}

async function deleteNotices(tx: Queryable, connectionId: string, ids: string[]): Promise<void> {
  await tx
    .delete(notice)
    .where(
      and(
        eq(notice.connectionId, connectionId),
        sql`${notice.kind} like 'contact.%'`,
        or(inArray(notice.objectId, ids), inArray(notice.intoId, ids)),
      ),
    );
}

async function deleteFromJournal(tx: Queryable, connectionId: string, ids: string[]): Promise<void> {
  const list = JSON.stringify(ids);
  const theirs = sql`n ->> 'connection_id' = ${connectionId} and n ->> 'kind' like 'contact.%'
    and (${list}::jsonb ? (n ->> 'object_id') or ${list}::jsonb ? coalesce(n ->> 'into_id', ''))`;
  await tx.execute(
    sql`update ${intake} set notices = (
          select coalesce(jsonb_agg(n), '[]'::jsonb)::text from jsonb_array_elements(notices::jsonb) n where not (${theirs}))
        where exists (select 1 from jsonb_array_elements(notices::jsonb) n where ${theirs})`,
  );
}

/** @param words in lower case */
function mentions(column: PgColumn, words: readonly string[]): SQL {
  return sql`exists (select 1 from jsonb_array_elements_text(${JSON.stringify(words)}::jsonb) word
                     where position(word in lower(${column}::text)) > 0)`;
}
