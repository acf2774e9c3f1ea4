import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { Conflict, invalidField, invalidInput, NotFound, Unprocessable } from '../../model/errors.ts';
import { readFields } from '../../model/field-problems.ts';
import type { Queryable } from '../../platform/database/database.ts';
import type { SurveysContext } from './context.ts';
import { languageProblems } from './language.ts';
import {
  addSurvey,
  type EditedSurvey,
  listEditedSurveys,
  lockSurvey,
  removeSurvey,
  updateSurvey,
} from './queries/survey-editing.ts';
import { type SurveyContent, type surveyChanges, surveyContentFrom, surveyDefinition } from './survey.ts';

/** A mark of what a survey says as it is being worked on: another one when somebody changed it. */
export function draftRevision({ row, draft, published }: EditedSurvey): string {
  const said = JSON.stringify([row.version, draft ?? published?.content]);
  return createHash('sha256').update(said).digest('base64url').slice(0, 16);
}

/** Two who work on one survey must not undo each other's work unseen. @throws RequestError */
export function verifyRevision(survey: EditedSurvey, seen: string | undefined): void {
  if (seen === undefined || seen === draftRevision(survey)) return;
  throw new Conflict({ code: 'survey_changed', params: { survey: survey.row.key } });
}

/**
 * Says in which order surveys may ask: of several that would ask about a ticket, the first does. Those of the file go
 * before all others, in the file's order.
 *
 * @throws RequestError unless every other survey is named once
 */
export async function arrange(
  { database }: SurveysContext,
  workspaceId: string,
  keys: readonly string[],
): Promise<void> {
  await database.transaction(async (tx) => {
    const ours = (await listEditedSurveys(tx, workspaceId)).filter(({ row }) => row.origin !== 'file');
    const byKey = new Map(ours.map(({ row }) => [row.key, row.id]));
    const isComplete = keys.length === byKey.size && new Set(keys).size === keys.length;
    if (!isComplete || !keys.every((key) => byKey.has(key))) {
      throw invalidField('keys', { code: 'field.order_incomplete', params: { keys: [...byKey.keys()] } });
    }
    for (const [position, key] of keys.entries()) await updateSurvey(tx, byKey.get(key) ?? '', { position });
  });
}

/** Which survey of which workspace. */
export type SurveyNamed = { workspaceId: string; key: string };

/** @throws NotFound */
export async function findEdited(
  { database }: SurveysContext,
  { workspaceId, key }: SurveyNamed,
): Promise<EditedSurvey> {
  const [found] = await listEditedSurveys(database.db, workspaceId, key);
  if (!found) throw new NotFound('survey');
  return found;
}

/**
 * The survey, held for the rest of the transaction, to be changed by people.
 *
 * @throws NotFound; RequestError when it is kept in the file
 */
export async function lockEditable(tx: Queryable, { workspaceId, key }: SurveyNamed): Promise<EditedSurvey> {
  const found = await lockSurvey(tx, workspaceId, key);
  if (!found) throw new NotFound('survey');
  if (found.row.origin !== 'file') return found;
  throw new Conflict({ code: 'survey_in_file', params: { survey: key } });
}

/** What a survey says as it is being worked on. */
export function contentNow({ draft, published }: EditedSurvey): SurveyContent {
  const content = draft ?? published?.content;
  if (!content) throw new Error('a survey that says nothing');
  return content;
}

/**
 * Makes a draft.
 *
 * @throws RequestError when it cannot be a survey, or its key is taken
 */
export async function createSurvey(context: SurveysContext, workspaceId: string, definition: object): Promise<string> {
  const { key, draft } = readDefinition(context, { ...definition, status: 'draft' });
  const added = await context.database.transaction((tx) => addSurvey(tx, { workspaceId, key, draft }));
  if (added) return key;
  const problems = [{ field: 'key', message: { code: 'field.key_taken', params: {} } }] as const;
  throw new Conflict({ code: 'key_taken', params: { kind: 'survey', key } }, { problems });
}

/**
 * Changes the draft; what is live stays as it is until the draft is published.
 *
 * @param of.revision what was seen before: refused when it is another by now
 * @throws NotFound; RequestError when it cannot be a survey, is kept in the file, or would mix scores
 */
export async function changeSurvey(
  context: SurveysContext,
  of: SurveyNamed & { revision?: string | undefined },
  changes: z.output<typeof surveyChanges>,
): Promise<void> {
  await context.database.transaction(async (tx) => {
    const survey = await lockEditable(tx, of);
    verifyRevision(survey, of.revision);
    const draft = readChanged(context, contentNow(survey), changes);
    verifySameScale(survey, draft);
    await updateSurvey(tx, survey.row.id, { draft, origin: 'api' });
  });
}

/** @throws NotFound; RequestError when it was published: its answers stay */
export async function deleteSurvey(context: SurveysContext, of: SurveyNamed): Promise<void> {
  await context.database.transaction(async (tx) => {
    const { row } = await lockEditable(tx, of);
    if (row.version > 0) {
      throw new Conflict({ code: 'survey_published', params: { survey: of.key } });
    }
    await removeSurvey(tx, row.id);
  });
}

/** What a survey would say that was written like this. @throws RequestError when it cannot be a survey */
export function readUnsaved(context: SurveysContext, definition: object): SurveyContent {
  return readDefinition(context, { ...definition, key: 'unsaved' }).draft;
}

/** What a survey says after these changes. @throws RequestError when it cannot be a survey any more */
export function readChanged(
  context: SurveysContext,
  before: SurveyContent,
  changes: z.output<typeof surveyChanges>,
): SurveyContent {
  // Another metric has other scales.
  const { scale, ...others } = before;
  const unchanged = changes.metric === undefined || changes.metric === before.metric ? before : others;
  return readUnsaved(context, { ...unchanged, ...changes });
}

function readDefinition({ texts }: SurveysContext, definition: object): { key: string; draft: SurveyContent } {
  const { data, problems } = readFields(surveyDefinition, definition);
  if (problems) throw invalidInput(problems);
  const draft = surveyContentFrom(data);
  const unknown = languageProblems(draft, texts);
  if (unknown.length > 0) throw invalidInput(unknown);
  return { key: data.key, draft };
}

/** One survey, one scale: its ratings are counted together. */
function verifySameScale({ published }: EditedSurvey, draft: SurveyContent): void {
  if (!published) return;
  const changed = (['metric', 'scale'] as const).filter((field) => published.content[field] !== draft[field]);
  if (changed.length === 0) return;
  const message = { code: 'field.scale_fixed', params: {} } as const;
  const problems = changed.map((field) => ({ field, message }));
  throw new Unprocessable({ code: 'scale_fixed', params: {} }, { problems });
}
