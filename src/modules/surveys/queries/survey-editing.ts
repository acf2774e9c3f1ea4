import { randomUUID } from 'node:crypto';
import { and, desc, eq, gt, max } from 'drizzle-orm';
import type { Queryable } from '../../../platform/database/database.ts';
import { decision } from '../../decisions/tables.ts';
import { dryRun } from '../../dry-run/tables.ts';
import { readContent, type SurveyContent } from '../survey.ts';
import { survey, surveyVersion } from '../tables.ts';
import { inSurveyOrder, type SurveyRow } from './surveys.ts';
import { removeTries } from './tried-drafts.ts';

/** A survey with its newest version, and with what is being worked on. */
export type EditedSurvey = {
  row: SurveyRow;
  /** Nothing before the first publication. */
  published: { content: SurveyContent; at: Date } | undefined;
  /** Nothing when there is nothing new. */
  draft: SurveyContent | undefined;
};

/** Every survey, drafts too, in the order in which they may ask. @param key only the one of this name */
export async function listEditedSurveys(db: Queryable, workspaceId: string, key?: string): Promise<EditedSurvey[]> {
  const found = await db
    .select({ row: survey, content: surveyVersion.content, at: surveyVersion.createdAt })
    .from(survey)
    .leftJoin(surveyVersion, and(eq(surveyVersion.surveyId, survey.id), eq(surveyVersion.version, survey.version)))
    .where(and(eq(survey.workspaceId, workspaceId), ...(key === undefined ? [] : [eq(survey.key, key)])))
    .orderBy(...inSurveyOrder);
  return found.map(({ row, content, at }) => ({
    row,
    published: content && at ? { content: readContent(content), at } : undefined,
    draft: row.draft ? readContent(row.draft) : undefined,
  }));
}

/** Holds the survey for the rest of the transaction. */
export async function lockSurvey(tx: Queryable, workspaceId: string, key: string): Promise<EditedSurvey | undefined> {
  await tx
    .select({ id: survey.id })
    .from(survey)
    .where(and(eq(survey.workspaceId, workspaceId), eq(survey.key, key)))
    .for('update');
  const [found] = await listEditedSurveys(tx, workspaceId, key);
  return found;
}

/** A draft that people make, last in the order. @returns whether its key was free */
export async function addSurvey(
  tx: Queryable,
  { workspaceId, key, draft }: { workspaceId: string; key: string; draft: SurveyContent },
): Promise<boolean> {
  const [last] = await tx
    .select({ position: max(survey.position) })
    .from(survey)
    .where(eq(survey.workspaceId, workspaceId));
  const position = (last?.position ?? -1) + 1;
  const added = await tx
    .insert(survey)
    .values({ id: randomUUID(), workspaceId, key, status: 'draft', position, origin: 'api', version: 0, draft })
    .onConflictDoNothing()
    .returning({ id: survey.id });
  return added.length > 0;
}

export async function updateSurvey(tx: Queryable, id: string, changes: Partial<SurveyRow>): Promise<void> {
  await tx.update(survey).set(changes).where(eq(survey.id, id));
}

/** Freezes a version, which is the newest from now on. */
export async function addVersion(tx: Queryable, of: SurveyRow, content: SurveyContent, now: Date): Promise<void> {
  const version = of.version + 1;
  await tx
    .insert(surveyVersion)
    .values({ surveyId: of.id, version, workspaceId: of.workspaceId, content, createdAt: now });
  await updateSurvey(tx, of.id, { version });
}

/** Only for one that was never published: all that refers to it is what somebody tried out. */
export async function removeSurvey(tx: Queryable, id: string): Promise<void> {
  await removeTries(tx, id);
  // Their invitations and answers go along.
  await tx.delete(decision).where(eq(decision.surveyId, id));
  await tx.delete(dryRun).where(eq(dryRun.surveyId, id));
  await tx.delete(survey).where(eq(survey.id, id));
}

/** Every version that was published, the newest first. */
export async function listVersions(
  db: Queryable,
  surveyId: string,
): Promise<{ version: number; content: SurveyContent; publishedAt: Date }[]> {
  const found = await db
    .select({ version: surveyVersion.version, content: surveyVersion.content, publishedAt: surveyVersion.createdAt })
    .from(surveyVersion)
    .where(and(eq(surveyVersion.surveyId, surveyId), gt(surveyVersion.version, 0)))
    .orderBy(desc(surveyVersion.version));
  return found.map((row) => ({ ...row, content: readContent(row.content) }));
}
