import { readFields } from '../src/model/field-problems.ts';
import type { FieldMessage } from '../src/model/messages/field-message.ts';
import { type Languages, languageProblems, type SurveyDefinition, surveyFile } from '../src/modules/surveys/index.ts';
import { readText } from './read-text.ts';

/** What is wrong with a file of surveys; with one field of it where that is to blame, as `surveys[0].key`. */
type FileProblem = { field?: string; message: FieldMessage };

/** The surveys of a file; or everything that is wrong with it. */
export type SurveyFileContent =
  | { surveys: readonly SurveyDefinition[]; problems?: never }
  | { surveys?: never; problems: readonly FileProblem[] };

/** @param languages in which there are texts */
export function readSurveyFile(path: string, languages: Languages): SurveyFileContent {
  const { text, problem } = readText(path);
  if (text === undefined) return { problems: [{ message: problem }] };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (failure) {
    const message = { code: 'field.file_syntax', params: { path, ...placeOf(text, (failure as SyntaxError).message) } };
    return { problems: [{ message: message as FieldMessage }] };
  }
  const read = readFields(surveyFile, json, asPath);
  if (read.problems) return { problems: read.problems };
  const problems = read.data.flatMap((survey, index) =>
    languageProblems(survey, languages).map(({ field, message }) => ({ field: `surveys[${index}].${field}`, message })),
  );
  return problems.length > 0 ? { problems } : { surveys: read.data };
}

function asPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (written, part) => written + (typeof part === 'number' ? `[${part}]` : `.${String(part)}`),
    'surveys',
  );
}

/**
 * Where a text stops being JSON. The engine tells the place of some mistakes in its sentence only, and of others the
 * text around them: nothing else says it.
 */
function placeOf(text: string, message: string): { line: number; column: number } {
  const [, told] = / in JSON at position (\d+)/u.exec(message) ?? [];
  const place = told ? Number(told) : failsOnToken(text) ? unexpectedTokenAt(text) : text.length;
  const before = text.slice(0, place).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Only with the token in it does a beginning of the text fail in this way: the shortest such beginning ends there. */
function unexpectedTokenAt(text: string): number {
  let without = 0;
  let withIt = text.length;
  while (withIt - without > 1) {
    const middle = Math.floor((without + withIt) / 2);
    if (failsOnToken(text.slice(0, middle))) withIt = middle;
    else without = middle;
  }
  return without;
}

function failsOnToken(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return false;
  } catch (failure) {
    // biome-ignore lint/plugin: the engine says only in its message what kind of error it is
    return (failure as SyntaxError).message.startsWith('Unexpected token');
  }
}
