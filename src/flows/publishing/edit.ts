import type { z } from 'zod';
import { languageProblems } from '../../domain/survey/language.ts';
import { contentOf, type SurveyContent, type surveyChanges, surveyDefinition } from '../../domain/survey/survey.ts';
import { type InputProblem, InvalidInput, NotFound } from '../../errors.ts';
import type { Queryable } from '../../store/database.ts';
import {
  addSurvey,
  type EditedSurvey,
  listEditedSurveys,
  lockSurvey,
  removeSurvey,
  updateSurvey,
} from '../../store/survey-editing.ts';
import type { Context } from '../context.ts';

/** Which survey of which workspace. */
export type SurveyNamed = { workspaceId: string; key: string };

/** @throws NotFound */
export async function findEdited({ database }: Context, { workspaceId, key }: SurveyNamed): Promise<EditedSurvey> {
  const [found] = await listEditedSurveys(database.db, workspaceId, key);
  if (!found) throw new NotFound(`there is no survey "${key}"`);
  return found;
}

/**
 * The survey, held for the rest of the transaction, to be changed by people.
 *
 * @throws NotFound; InvalidInput when it is kept in the file
 */
export async function lockEditable(tx: Queryable, { workspaceId, key }: SurveyNamed): Promise<EditedSurvey> {
  const found = await lockSurvey(tx, workspaceId, key);
  if (!found) throw new NotFound(`there is no survey "${key}"`);
  if (found.row.origin !== 'file') return found;
  throw new InvalidInput(`survey "${key}" is kept in SURVEYS_FILE: change it there and restart`, { status: 409 });
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
 * @throws InvalidInput when it cannot be a survey, or its key is taken
 */
export async function createSurvey(context: Context, workspaceId: string, definition: object): Promise<string> {
  const { key, draft } = readDefinition(context, { ...definition, status: 'draft' });
  const added = await context.database.transaction((tx) => addSurvey(tx, { workspaceId, key, draft }));
  if (added) return key;
  throw new InvalidInput('this key is taken', {
    status: 409,
    problems: [{ field: 'key', problem: `there is a survey "${key}" already` }],
  });
}

/**
 * Changes the draft; what is live stays as it is until the draft is published.
 *
 * @throws NotFound; InvalidInput when it cannot be a survey, is kept in the file, or would mix scores
 */
export async function changeSurvey(
  context: Context,
  of: SurveyNamed,
  changes: z.output<typeof surveyChanges>,
): Promise<void> {
  await context.database.transaction(async (tx) => {
    const survey = await lockEditable(tx, of);
    const draft = readChanged(context, contentNow(survey), changes);
    verifySameScale(survey, draft);
    await updateSurvey(tx, survey.row.id, { draft, origin: 'api' });
  });
}

/** @throws NotFound; InvalidInput when it was published: its answers stay */
export async function deleteSurvey(context: Context, of: SurveyNamed): Promise<void> {
  await context.database.transaction(async (tx) => {
    const { row } = await lockEditable(tx, of);
    if (row.version > 0) {
      const message = `survey "${of.key}" was published and its answers stay: unpublish it instead`;
      throw new InvalidInput(message, { status: 409 });
    }
    await removeSurvey(tx, row.id);
  });
}

/** What a survey would say that was written like this. @throws InvalidInput when it cannot be a survey */
export function readUnsaved(context: Context, definition: object): SurveyContent {
  return readDefinition(context, { ...definition, key: 'unsaved' }).draft;
}

/** What a survey says after these changes. @throws InvalidInput when it cannot be a survey any more */
export function readChanged(
  context: Context,
  before: SurveyContent,
  changes: z.output<typeof surveyChanges>,
): SurveyContent {
  // Another metric has other scales.
  const { scale, ...others } = before;
  const kept = changes.metric === undefined || changes.metric === before.metric ? before : others;
  return readUnsaved(context, { ...kept, ...changes });
}

function readDefinition({ texts }: Context, definition: object): { key: string; draft: SurveyContent } {
  const read = surveyDefinition.safeParse(definition);
  if (!read.success) {
    throw problemsOf(read.error.issues.map(({ path, message }) => ({ field: path.join('.'), problem: message })));
  }
  const draft = contentOf(read.data);
  const unknown = languageProblems(draft, texts);
  if (unknown.length > 0) throw problemsOf(unknown);
  return { key: read.data.key, draft };
}

function problemsOf(problems: readonly InputProblem[]): InvalidInput {
  return new InvalidInput('the survey has problems', { problems });
}

/** One survey, one scale: its ratings are counted together. */
function verifySameScale({ published }: EditedSurvey, draft: SurveyContent): void {
  if (!published) return;
  const changed = (['metric', 'scale'] as const).filter((field) => published.content[field] !== draft[field]);
  if (changed.length === 0) return;
  const problem = 'cannot change any more, because scores would mix: make another survey';
  throw new InvalidInput('a survey that was published keeps its scale', {
    status: 422,
    problems: changed.map((field) => ({ field, problem })),
  });
}
