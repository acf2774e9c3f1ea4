import { and, desc, eq, gte, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { RecordValues } from '../../../model/crm-field-definitions.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { crmFields, recordLink } from '../../records/tables.ts';

/** A record link that is in sync, with what should stand on its record: for the read-back. */
export type WrittenRecordLink = { id: string; recordId: string; values: RecordValues };

/** What was written since then, newest first. */
export function writtenSince(
  db: Queryable,
  connectionId: string,
  since: Date,
  limit: number,
): Promise<WrittenRecordLink[]> {
  return standing(db, connectionId, {
    where: gte(recordLink.writtenAt, since),
    order: desc(recordLink.writtenAt),
    limit,
  });
}

/** Some of them, chosen at random. */
export function sampleWritten(db: Queryable, connectionId: string, limit: number): Promise<WrittenRecordLink[]> {
  return standing(db, connectionId, { where: isNotNull(recordLink.writtenAt), order: sql`random()`, limit });
}

async function standing(
  db: Queryable,
  connectionId: string,
  { where, order, limit }: { where: SQL; order: SQL; limit: number },
): Promise<WrittenRecordLink[]> {
  const found = await db
    .select({ id: recordLink.id, recordId: recordLink.recordId, values: crmFields.values })
    .from(recordLink)
    .innerJoin(crmFields, eq(crmFields.contactId, recordLink.contactId))
    .where(
      and(
        eq(recordLink.connectionId, connectionId),
        eq(recordLink.state, 'present'),
        isNull(recordLink.dueAt),
        isNull(recordLink.writingRevision),
        where,
      ),
    )
    .orderBy(order)
    .limit(limit);
  return found.flatMap((row) => (row.recordId === null ? [] : [{ ...row, recordId: row.recordId }]));
}
