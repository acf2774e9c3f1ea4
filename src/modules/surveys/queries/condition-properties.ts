import { and, eq, or, sql } from 'drizzle-orm';
import { propertiesIn } from '../../../model/conditions.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import type { SurveyContent } from '../survey.ts';
import { survey, surveyVersion } from '../tables.ts';

/**
 * The properties of contacts that conditions of live surveys are about, by their vendor's names.
 *
 * @param also versions that are not, or no longer, the ones that ask
 */
export async function findConditionProperties(
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
