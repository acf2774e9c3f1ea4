import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { Queryable } from '../../../platform/database/database.ts';
import { inSync, type RecordLinkRow, updateRecordLinks } from '../../records/index.ts';
import { recordLink } from '../../records/tables.ts';
import { contact } from '../tables.ts';

/** A record link whose record is gone, with what leads to its contact. */
export type GoneRecord = Pick<RecordLinkRow, 'id' | 'contactId'> & { recordId: string; goneChecks: number };

/** Nobody knows yet why. It is looked for, by address as well, also by whoever is about to ask its contact. */
function goneFrom(now: Date) {
  const outcome = { code: 'gone', params: {} } as const;
  return { ...inSync, state: 'gone' as const, outcome, goneChecks: 0, goneCheckAt: now, searchedAt: null };
}

/** The vendor has no such record. */
export async function markGone(
  db: Queryable,
  id: string,
  now: Date,
  changes: Partial<RecordLinkRow> = {},
): Promise<void> {
  await updateRecordLinks(db, [id], { ...changes, ...goneFrom(now) });
}

/**
 * Likewise for those that were asked for by their ids and not found. A record that is known to be gone stays as it is.
 *
 * @returns how many were not known to be gone
 */
export async function markMissing(
  db: Queryable,
  connectionId: string,
  { asked, found }: { asked: readonly string[]; found: readonly string[] },
  now: Date,
): Promise<number> {
  const missing = asked.filter((id) => !found.includes(id));
  if (missing.length === 0) return 0;
  const marked = await db
    .update(recordLink)
    .set(goneFrom(now))
    .where(
      and(
        eq(recordLink.connectionId, connectionId),
        inArray(recordLink.recordId, missing),
        inArray(recordLink.state, ['present', 'ambiguous']),
      ),
    )
    .returning({ id: recordLink.id });
  return marked.length;
}

/** Connections with a gone record to look for, and from when. */
export function nextGoneChecks(db: Queryable): Promise<{ connectionId: string; at: Date }[]> {
  return db
    .select({
      connectionId: recordLink.connectionId,
      at: sql`min(${recordLink.goneCheckAt})`.mapWith(recordLink.dueAt).as('at'),
    })
    .from(recordLink)
    .where(and(eq(recordLink.state, 'gone'), sql`${recordLink.goneCheckAt} is not null`))
    .groupBy(recordLink.connectionId) as Promise<{ connectionId: string; at: Date }[]>;
}

/** The longest due of them, whose next look is `until` unless this one comes to an end. */
export async function claimGone(
  db: Queryable,
  connectionId: string,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<GoneRecord[]> {
  const due = await db
    .select({
      id: recordLink.id,
      contactId: recordLink.contactId,
      recordId: recordLink.recordId,
      goneChecks: recordLink.goneChecks,
    })
    .from(recordLink)
    .innerJoin(contact, eq(contact.id, recordLink.contactId))
    .where(
      and(
        eq(recordLink.connectionId, connectionId),
        eq(recordLink.state, 'gone'),
        lte(recordLink.goneCheckAt, now),
        // A record of somebody who was erased leads to nobody.
        isNull(contact.erasedAt),
      ),
    )
    .orderBy(asc(recordLink.goneCheckAt))
    .limit(limit);
  const ids = due.map(({ id }) => id);
  await updateRecordLinks(db, ids, { goneCheckAt: until });
  return due.flatMap(({ recordId, ...row }) => (recordId === null ? [] : [{ ...row, recordId }]));
}

/** Those of the contacts that have a record which stands on this connection. */
export async function withOtherRecord(
  db: Queryable,
  connectionId: string,
  contactIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (contactIds.length === 0) return new Set();
  const found = await db
    .select({ contactId: recordLink.contactId })
    .from(recordLink)
    .where(
      and(
        eq(recordLink.connectionId, connectionId),
        inArray(recordLink.contactId, [...contactIds]),
        inArray(recordLink.state, ['present', 'ambiguous']),
      ),
    );
  return new Set(found.map(({ contactId }) => contactId));
}
