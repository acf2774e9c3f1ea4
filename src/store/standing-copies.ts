import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { RecordValues } from '../domain/record-fields.ts';
import type { Queryable } from './database.ts';
import { copy, score } from './tables/index.ts';

/** What was written since then, newest first, with what should stand there: for the read-back. */
export async function writtenSince(
  db: Queryable,
  connectionId: string,
  since: Date,
  limit: number,
): Promise<{ id: string; externalId: string; values: RecordValues }[]> {
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
        sql`${copy.writtenAt} >= ${since.toISOString()}::timestamptz`,
      ),
    )
    .orderBy(sql`${copy.writtenAt} desc`)
    .limit(limit);
  return found.flatMap((row) => (row.externalId === null ? [] : [{ ...row, externalId: row.externalId }]));
}

/** Some copies that stand, chosen at random, with what should stand there: for the read-back. */
export async function sampleWritten(
  db: Queryable,
  connectionId: string,
  limit: number,
): Promise<{ id: string; externalId: string; values: RecordValues }[]> {
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
        isNotNull(copy.writtenAt),
      ),
    )
    .orderBy(sql`random()`)
    .limit(limit);
  return found.flatMap((row) => (row.externalId === null ? [] : [{ ...row, externalId: row.externalId }]));
}
