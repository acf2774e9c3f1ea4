import { randomUUID } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import type { Queryable } from '../../../platform/database/database.ts';
import { surveyRequest } from '../tables.ts';

export type SurveyRequestRow = typeof surveyRequest.$inferSelect;

/** @returns nothing when this key has named somebody before */
export async function addSurveyRequest(
  tx: Queryable,
  values: Omit<typeof surveyRequest.$inferInsert, 'id'>,
): Promise<SurveyRequestRow | undefined> {
  const [added] = await tx
    .insert(surveyRequest)
    .values({ id: randomUUID(), ...values })
    .onConflictDoNothing()
    .returning();
  return added;
}

export async function findRecipients(db: Queryable, ids: readonly string[]): Promise<Map<string, SurveyRequestRow>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select()
    .from(surveyRequest)
    .where(inArray(surveyRequest.id, [...ids]));
  return new Map(found.map((row) => [row.id, row]));
}

/** Whom the caller meant when the same thing happened before. */
export async function findSurveyRequestByKey(
  db: Queryable,
  of: { workspaceId: string; surveyId: string; key: string },
): Promise<SurveyRequestRow | undefined> {
  const [found] = await db
    .select()
    .from(surveyRequest)
    .where(
      and(
        eq(surveyRequest.workspaceId, of.workspaceId),
        eq(surveyRequest.surveyId, of.surveyId),
        eq(surveyRequest.key, of.key),
      ),
    );
  return found;
}
