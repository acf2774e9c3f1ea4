import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import { type CopyRow, updateCopies } from './copies.ts';
import type { Queryable } from './database.ts';
import { contact, copy } from './tables/index.ts';

/** A record link whose record is gone, with what leads to its contact. */
export type GoneRecord = Pick<CopyRow, 'id' | 'contactId'> & { externalId: string; goneLooks: number };

/** Nobody knows yet why. It is looked for, by address as well, also by whoever is about to ask its contact. */
function goneFrom(now: Date) {
  const outcome = { code: 'gone', params: {} } as const;
  return { state: 'gone' as const, dueAt: null, outcome, goneLooks: 0, goneCheckAt: now, lookedForAt: null };
}

/** The vendor has no such record. */
export async function markGone(db: Queryable, id: string, now: Date, changes: Partial<CopyRow> = {}): Promise<void> {
  await updateCopies(db, [id], { ...changes, ...goneFrom(now) });
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
    .update(copy)
    .set(goneFrom(now))
    .where(
      and(
        eq(copy.connectionId, connectionId),
        inArray(copy.externalId, missing),
        inArray(copy.state, ['present', 'ambiguous']),
      ),
    )
    .returning({ id: copy.id });
  return marked.length;
}

/** Connections with a gone record to look for, and from when. */
export function nextGoneChecks(db: Queryable): Promise<{ connectionId: string; at: Date }[]> {
  return db
    .select({ connectionId: copy.connectionId, at: sql`min(${copy.goneCheckAt})`.mapWith(copy.dueAt).as('at') })
    .from(copy)
    .where(and(eq(copy.state, 'gone'), sql`${copy.goneCheckAt} is not null`))
    .groupBy(copy.connectionId) as Promise<{ connectionId: string; at: Date }[]>;
}

/** The longest due of them, whose next look is `until` unless this one comes to an end. */
export async function claimGone(
  db: Queryable,
  connectionId: string,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<GoneRecord[]> {
  const due = await db
    .select({ id: copy.id, contactId: copy.contactId, externalId: copy.externalId, goneLooks: copy.goneLooks })
    .from(copy)
    .innerJoin(contact, eq(contact.id, copy.contactId))
    .where(
      and(
        eq(copy.connectionId, connectionId),
        eq(copy.state, 'gone'),
        lte(copy.goneCheckAt, now),
        // A record of somebody who was erased leads to nobody.
        isNull(contact.erasedAt),
      ),
    )
    .orderBy(asc(copy.goneCheckAt))
    .limit(limit);
  const ids = due.map(({ id }) => id);
  await updateCopies(db, ids, { goneCheckAt: until });
  return due.flatMap(({ externalId, ...row }) => (externalId === null ? [] : [{ ...row, externalId }]));
}

/** Those of the contacts that have a record which stands on this connection. */
export async function withOtherRecord(
  db: Queryable,
  connectionId: string,
  contactIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (contactIds.length === 0) return new Set();
  const found = await db
    .select({ contactId: copy.contactId })
    .from(copy)
    .where(
      and(
        eq(copy.connectionId, connectionId),
        inArray(copy.contactId, [...contactIds]),
        inArray(copy.state, ['present', 'ambiguous']),
      ),
    );
  return new Set(found.map(({ contactId }) => contactId));
}
