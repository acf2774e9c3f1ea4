import { Conflict, Unprocessable } from '../../model/errors.ts';
import type { FieldProblem } from '../../model/messages/field-message.ts';
import type { Queryable } from '../../platform/database/database.ts';
import type { SurveysContext } from './context.ts';
import { contentNow, findEdited, lockEditable, type SurveyNamed } from './edit.ts';
import { publishingProblems } from './publishable.ts';
import { listBrands } from './queries/brands.ts';
import { addVersion, updateSurvey } from './queries/survey-editing.ts';
import { sameContent } from './queries/surveys.ts';
import type { SurveyContent, SurveyStatus } from './survey.ts';

/** What publishing would refuse the survey for, as it is being worked on. @throws NotFound */
export async function findProblems(context: SurveysContext, of: SurveyNamed): Promise<readonly FieldProblem[]> {
  return problemsOf(context, context.database.db, of, contentNow(await findEdited(context, of)));
}

/**
 * Freezes what is being worked on as a version and asks with it from now on. Who was asked before keeps the version
 * that their link was made with.
 *
 * @throws NotFound; RequestError naming each field and the remedy when it could not be sent
 */
export async function publish(context: SurveysContext, of: SurveyNamed): Promise<void> {
  const { database, clock } = context;
  await database.transaction(async (tx) => {
    const survey = await lockEditable(tx, of);
    const content = contentNow(survey);
    const problems = await problemsOf(context, tx, of, content);
    if (problems.length > 0) {
      throw new Unprocessable({ code: 'survey_not_publishable', params: {} }, { problems });
    }
    const isNew = !survey.published || !sameContent(survey.published.content, content);
    if (isNew) await addVersion(tx, survey.row, content, clock());
    await updateSurvey(tx, survey.row.id, { status: 'live', draft: null, origin: 'api' });
  });
}

const turns = {
  /** It asks nobody until it is resumed; links that are out stay good. */
  pause: { from: ['live'], to: 'paused' },
  resume: { from: ['paused'], to: 'live' },
  /** It asks nobody any more; its answers stay. */
  unpublish: { from: ['live', 'paused'], to: 'unpublished' },
} as const satisfies Record<string, { from: readonly SurveyStatus[]; to: SurveyStatus }>;

export type Turn = keyof typeof turns;

/** @throws NotFound; RequestError when it is not in a state for that */
export async function turn(context: SurveysContext, of: SurveyNamed, how: Turn): Promise<void> {
  const { from, to }: { from: readonly SurveyStatus[]; to: SurveyStatus } = turns[how];
  await context.database.transaction(async (tx) => {
    const { row } = await lockEditable(tx, of);
    if (row.status === to) return;
    if (!from.includes(row.status)) {
      const params = { survey: of.key, status: row.status, allowed: from };
      throw new Conflict({ code: 'survey_status', params });
    }
    await updateSurvey(tx, row.id, { status: to, origin: 'api' });
  });
  if (how === 'unpublish') await context.listeners.surveyUnpublished();
  await context.wake('recheck', of.workspaceId);
}

async function problemsOf(
  { email, texts }: SurveysContext,
  db: Queryable,
  { workspaceId }: SurveyNamed,
  content: SurveyContent,
): Promise<readonly FieldProblem[]> {
  const brands = (await listBrands(db, workspaceId)).map((row) => row.content);
  return publishingProblems(content, { usual: email?.from, brands, languages: texts });
}
