import { createHash } from 'node:crypto';
import { Conflict } from '../../errors.ts';
import type { EditedSurvey } from '../../store/survey-editing.ts';

/** A mark of what a survey says as it is being worked on: another one when somebody changed it. */
export function revisionOf({ row, draft, published }: EditedSurvey): string {
  const said = JSON.stringify([row.version, draft ?? published?.content]);
  return createHash('sha256').update(said).digest('base64url').slice(0, 16);
}

/** Two who work on one survey must not undo each other's work unseen. @throws RequestError */
export function verifyRevision(survey: EditedSurvey, seen: string | undefined): void {
  if (seen === undefined || seen === revisionOf(survey)) return;
  throw new Conflict({ code: 'survey_changed', params: { survey: survey.row.key } });
}
