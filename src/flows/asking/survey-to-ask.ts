import type { FieldMessage } from '../../domain/field-message.ts';
import { BadRequest } from '../../errors.ts';
import type { Queryable } from '../../store/database.ts';
import { findSurvey, findSurveyByKey, surveyKeys, type VersionedSurvey } from '../../store/surveys.ts';
import { freezeDraft } from '../../store/tried-drafts.ts';

/**
 * The survey of this key in the version that asks: the one that is live; for a test the draft, else the newest.
 *
 * @throws RequestError naming `survey`
 */
export async function surveyToAsk(
  tx: Queryable,
  { workspaceId, surveyKey, test = false }: { workspaceId: string; surveyKey: string; test?: boolean },
  now: Date,
): Promise<VersionedSurvey> {
  const row = await findSurveyByKey(tx, workspaceId, surveyKey);
  if (!row) {
    const surveys = (await surveyKeys(tx, workspaceId)).map(({ key }) => key);
    throw refused({ code: 'field.unknown_survey', params: { surveys } });
  }
  if (!test && row.status !== 'live') {
    throw refused({ code: 'field.survey_not_live', params: { status: row.status } });
  }
  const survey = test && row.draft ? await freezeDraft(tx, row, now) : await findSurvey(tx, row.id);
  if (!survey) throw refused({ code: 'field.no_version', params: {} });
  return survey;
}

function refused(message: FieldMessage): BadRequest {
  return new BadRequest({ code: 'survey_asks_none', params: {} }, { problems: [{ field: 'survey', message }] });
}
