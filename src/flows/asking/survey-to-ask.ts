import { InvalidInput } from '../../errors.ts';
import type { Queryable } from '../../store/database.ts';
import { findSurvey, findSurveyByKey, type VersionedSurvey } from '../../store/surveys.ts';
import { freezeDraft } from '../../store/tried-drafts.ts';

/**
 * The survey of this key in the version that asks: the one that is live; for a test the draft, else the newest.
 *
 * @throws InvalidInput naming `survey`
 */
export async function surveyToAsk(
  tx: Queryable,
  { workspaceId, surveyKey, test = false }: { workspaceId: string; surveyKey: string; test?: boolean },
  now: Date,
): Promise<VersionedSurvey> {
  const row = await findSurveyByKey(tx, workspaceId, surveyKey);
  if (!row) throw refused('is none of the surveys here');
  if (!test && row.status !== 'live') {
    throw refused(`is not live: it is ${row.status}. Set it live, or say that this is a test`);
  }
  const survey = test && row.draft ? await freezeDraft(tx, row, now) : await findSurvey(tx, row.id);
  if (!survey) throw refused('has no version to ask with');
  return survey;
}

function refused(problem: string): InvalidInput {
  return new InvalidInput('This survey asks nobody.', { problems: [{ field: 'survey', problem }] });
}
