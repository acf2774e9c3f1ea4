import { randomUUID } from 'node:crypto';
import { and, desc, eq, lte } from 'drizzle-orm';
import { only, type Queryable } from '../../platform/database/database.ts';
import type { SurveyRow } from '../surveys/index.ts';
import { survey } from '../surveys/tables.ts';
import { dryRun } from './tables.ts';

export type DryRunRow = typeof dryRun.$inferSelect;

export async function addDryRun(
  db: Queryable,
  values: Pick<DryRunRow, 'workspaceId' | 'surveyId' | 'content' | 'place' | 'since' | 'createdAt'>,
): Promise<DryRunRow> {
  const running = { id: randomUUID(), status: 'running' as const, dueAt: values.createdAt };
  return only(
    await db
      .insert(dryRun)
      .values({ ...values, ...running })
      .returning(),
  );
}

/** A run, and the survey that it is about. */
export async function findDryRun(
  db: Queryable,
  id: string,
): Promise<{ run: DryRunRow; survey: SurveyRow } | undefined> {
  const [found] = await db
    .select({ run: dryRun, survey })
    .from(dryRun)
    .innerJoin(survey, eq(survey.id, dryRun.surveyId))
    .where(eq(dryRun.id, id));
  return found;
}

/** Changes one that is still running. @returns whether it was */
export async function updateDryRun(db: Queryable, id: string, changes: Partial<DryRunRow>): Promise<boolean> {
  const changed = await db
    .update(dryRun)
    .set(changes)
    .where(and(eq(dryRun.id, id), eq(dryRun.status, 'running')))
    .returning({ id: dryRun.id });
  return changed.length > 0;
}

/** The newest first. */
export function listDryRuns(db: Queryable, surveyId: string, limit: number): Promise<DryRunRow[]> {
  return db
    .select()
    .from(dryRun)
    .where(eq(dryRun.surveyId, surveyId))
    .orderBy(desc(dryRun.createdAt), desc(dryRun.id))
    .limit(limit);
}

export function dueDryRuns(db: Queryable, now: Date): Promise<{ id: string }[]> {
  return db
    .select({ id: dryRun.id })
    .from(dryRun)
    .where(and(eq(dryRun.status, 'running'), lte(dryRun.dueAt, now)));
}
