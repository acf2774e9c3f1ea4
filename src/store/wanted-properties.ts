import { and, eq, or, sql } from 'drizzle-orm';
import { propertiesIn } from '../domain/survey/conditions.ts';
import type { SurveyContent } from '../domain/survey/survey.ts';
import type { Queryable } from './database.ts';
import { survey, surveyVersion } from './tables/index.ts';

/**
 * The properties of contacts that conditions of live surveys are about, by their vendor's names.
 *
 * @param also versions that are not, or no longer, the ones that ask
 */
export async function wantedProperties(
  db: Queryable,
  workspaceId: string,
  also: readonly { surveyId: string; surveyVersion: number }[] = [],
): Promise<string[]> {
  const asking = and(eq(survey.status, 'live'), eq(surveyVersion.version, survey.version));
  const named = also.map((of) => and(eq(survey.id, of.surveyId), eq(surveyVersion.version, of.surveyVersion)));
  const found = await db
    .select({ audience: sql<Partial<SurveyContent['audience']> | null>`${surveyVersion.content} -> 'audience'` })
    .from(survey)
    .innerJoin(surveyVersion, eq(surveyVersion.surveyId, survey.id))
    .where(and(eq(survey.workspaceId, workspaceId), or(asking, ...named)));
  return propertiesIn(found.flatMap(({ audience }) => audience?.conditions ?? []));
}
