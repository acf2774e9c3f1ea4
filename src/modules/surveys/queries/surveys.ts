import { randomUUID } from 'node:crypto';
import { and, asc, desc, eq, inArray, notInArray, or, sql } from 'drizzle-orm';
import type { Queryable } from '../../../platform/database/database.ts';
import {
  readContent,
  type SurveyContent,
  type SurveyDefinition,
  type SurveyStatus,
  surveyContentFrom,
} from '../survey.ts';
import { survey, surveyVersion } from '../tables.ts';

export type SurveyRow = typeof survey.$inferSelect;
export type VersionedSurvey = SurveyRow & { content: SurveyContent };

/** Whatever is kept in code, and not by people through the API. */
const origins = ['file', 'default'] as const;

/** What is kept in the file asks first, in the file's order; then the others in the admin's. */
export const inSurveyOrder = [desc(sql`${survey.origin} = 'file'`), asc(survey.position), asc(survey.key)];

/**
 * Makes the surveys that are kept in code what the definitions say, in their order. The same content makes no new
 * version; one that is gone from the definitions is paused, even when they all went.
 */
export async function applySurveys(
  tx: Queryable,
  workspaceId: string,
  origin: (typeof origins)[number],
  definitions: readonly SurveyDefinition[],
  now: Date,
): Promise<void> {
  for (const [position, definition] of definitions.entries()) {
    const content = surveyContentFrom(definition);
    const [existing] = await tx
      .select()
      .from(survey)
      .where(and(eq(survey.workspaceId, workspaceId), eq(survey.key, definition.key)));
    // Whoever changed the one that came with the service has made it their own.
    if (origin === 'default' && existing?.origin === 'api') continue;
    const id = existing?.id ?? randomUUID();
    const latest = existing && (await findVersion(tx, id, existing.version));
    const same = latest !== undefined && sameContent(latest, content);
    const version = (existing?.version ?? 0) + (same ? 0 : 1);
    const values = { status: definition.status, position, origin, version };
    await tx
      .insert(survey)
      .values({ id, workspaceId, key: definition.key, ...values })
      .onConflictDoUpdate({ target: survey.id, set: values });
    if (!same) await tx.insert(surveyVersion).values({ surveyId: id, version, workspaceId, content, createdAt: now });
  }
  const keys = definitions.map((definition) => definition.key);
  await tx
    .update(survey)
    .set({ status: 'paused' })
    .where(
      and(
        eq(survey.workspaceId, workspaceId),
        inArray(survey.origin, origins),
        ...(keys.length > 0 ? [notInArray(survey.key, keys)] : []),
        eq(survey.status, 'live'),
      ),
    );
}

async function findVersion(db: Queryable, surveyId: string, version: number): Promise<SurveyContent | undefined> {
  const [found] = await db
    .select({ content: surveyVersion.content })
    .from(surveyVersion)
    .where(and(eq(surveyVersion.surveyId, surveyId), eq(surveyVersion.version, version)));
  return found && readContent(found.content);
}

/** @param version the current one when absent */
export async function findSurvey(db: Queryable, id: string, version?: number): Promise<VersionedSurvey | undefined> {
  const [found] = await db
    .select({ survey, version: surveyVersion.version, content: surveyVersion.content })
    .from(survey)
    .innerJoin(surveyVersion, eq(surveyVersion.surveyId, survey.id))
    .where(and(eq(survey.id, id), eq(surveyVersion.version, version ?? survey.version)));
  return found && { ...found.survey, version: found.version, content: readContent(found.content) };
}

/** These versions of surveys, by `versionKey`. */
export async function findVersions(
  db: Queryable,
  versions: readonly SurveyVersion[],
): Promise<ReadonlyMap<string, VersionedSurvey>> {
  if (versions.length === 0) return new Map();
  const found = await db
    .select({ survey, version: surveyVersion.version, content: surveyVersion.content })
    .from(survey)
    .innerJoin(surveyVersion, eq(surveyVersion.surveyId, survey.id))
    .where(
      or(
        ...distinctVersions(versions).map((of) =>
          and(eq(survey.id, of.surveyId), eq(surveyVersion.version, of.surveyVersion)),
        ),
      ),
    );
  return new Map(
    found.map(({ survey: row, version, content }) => [
      versionKey({ surveyId: row.id, surveyVersion: version }),
      { ...row, version, content: readContent(content) },
    ]),
  );
}

/** A survey as an invitation carries it along. */
export type SurveyVersion = { surveyId: string; surveyVersion: number };

export function versionKey({ surveyId, surveyVersion: version }: SurveyVersion): string {
  return `${surveyId} ${version}`;
}

export function distinctVersions(versions: readonly SurveyVersion[]): SurveyVersion[] {
  return [...new Map(versions.map((of) => [versionKey(of), of])).values()];
}

export async function findSurveyByKey(db: Queryable, workspaceId: string, key: string): Promise<SurveyRow | undefined> {
  const [found] = await db
    .select()
    .from(survey)
    .where(and(eq(survey.workspaceId, workspaceId), eq(survey.key, key)));
  return found;
}

/** The workspace's surveys in the admin's order. */
export async function listSurveys(
  db: Queryable,
  workspaceId: string,
  status?: SurveyStatus,
): Promise<VersionedSurvey[]> {
  const found = await db
    .select({ survey, content: surveyVersion.content })
    .from(survey)
    .innerJoin(surveyVersion, and(eq(surveyVersion.surveyId, survey.id), eq(surveyVersion.version, survey.version)))
    .where(and(eq(survey.workspaceId, workspaceId), ...(status ? [eq(survey.status, status)] : [])))
    .orderBy(...inSurveyOrder);
  return found.map((row) => ({ ...row.survey, content: readContent(row.content) }));
}

export function sameContent(one: SurveyContent, other: SurveyContent): boolean {
  return canonical(one) === canonical(other);
}

/** Every survey of the workspace, published or not. */
export function surveyKeys(db: Queryable, workspaceId: string): Promise<{ id: string; key: string }[]> {
  return db
    .select({ id: survey.id, key: survey.key })
    .from(survey)
    .where(eq(survey.workspaceId, workspaceId))
    .orderBy(...inSurveyOrder);
}

/** The same text for the same content, whatever the order of its keys: the database keeps none. */
function canonical(content: object): string {
  const sorted = (_key: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return JSON.stringify(content, sorted);
}
