import { randomUUID } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import type { Queryable } from './database.ts';
import { recipient } from './tables/index.ts';

export type RecipientRow = typeof recipient.$inferSelect;

/** @returns nothing when this key has named somebody before */
export async function addRecipient(
  tx: Queryable,
  values: Omit<typeof recipient.$inferInsert, 'id'>,
): Promise<RecipientRow | undefined> {
  const [added] = await tx
    .insert(recipient)
    .values({ id: randomUUID(), ...values })
    .onConflictDoNothing()
    .returning();
  return added;
}

export async function findRecipients(db: Queryable, ids: readonly string[]): Promise<Map<string, RecipientRow>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select()
    .from(recipient)
    .where(inArray(recipient.id, [...ids]));
  return new Map(found.map((row) => [row.id, row]));
}

/** Whom the caller meant when the same thing happened before. */
export async function findRecipientByKey(
  db: Queryable,
  of: { workspaceId: string; surveyId: string; key: string },
): Promise<RecipientRow | undefined> {
  const [found] = await db
    .select()
    .from(recipient)
    .where(
      and(eq(recipient.workspaceId, of.workspaceId), eq(recipient.surveyId, of.surveyId), eq(recipient.key, of.key)),
    );
  return found;
}
