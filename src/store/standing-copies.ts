import { and, desc, eq, gte, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { RecordValues } from '../domain/record-fields.ts';
import type { Queryable } from './database.ts';
import { copy, score } from './tables/index.ts';

/** A copy that is not behind, with what should stand on its record: for the read-back. */
export type StandingCopy = { id: string; externalId: string; values: RecordValues };

/** What was written since then, newest first. */
export function writtenSince(db: Queryable, connectionId: string, since: Date, limit: number): Promise<StandingCopy[]> {
  return standing(db, connectionId, { where: gte(copy.writtenAt, since), order: desc(copy.writtenAt), limit });
}

/** Some of them, chosen at random. */
export function sampleWritten(db: Queryable, connectionId: string, limit: number): Promise<StandingCopy[]> {
  return standing(db, connectionId, { where: isNotNull(copy.writtenAt), order: sql`random()`, limit });
}

async function standing(
  db: Queryable,
  connectionId: string,
  { where, order, limit }: { where: SQL; order: SQL; limit: number },
): Promise<StandingCopy[]> {
  const found = await db
    .select({ id: copy.id, externalId: copy.externalId, values: score.values })
    .from(copy)
    .innerJoin(score, eq(score.contactId, copy.contactId))
    .where(
      and(
        eq(copy.connectionId, connectionId),
        eq(copy.state, 'present'),
        isNull(copy.dueAt),
        isNull(copy.writingRevision),
        where,
      ),
    )
    .orderBy(order)
    .limit(limit);
  return found.flatMap((row) => (row.externalId === null ? [] : [{ ...row, externalId: row.externalId }]));
}
