import type { z } from 'zod';
import { type Languages, languageProblems } from '../src/domain/survey/language.ts';
import { type SurveyDefinition, surveyFile } from '../src/domain/survey/survey.ts';
import { readText } from './read-text.ts';

/** The surveys of a file; or everything that is wrong with it, one sentence each. */
export type SurveyFileContent =
  | { surveys: readonly SurveyDefinition[]; problems?: never }
  | { surveys?: never; problems: readonly string[] };

/** @param languages in which there are texts */
export function readSurveyFile(path: string, languages: Languages): SurveyFileContent {
  const { text, problem } = readText(path);
  if (text === undefined) return { problems: [`${path} ${problem}`] };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (failure) {
    return { problems: [`${path} is not JSON: ${describeSyntaxError(text, (failure as SyntaxError).message)}`] };
  }
  const read = surveyFile.safeParse(json);
  if (!read.success) return { problems: read.error.issues.map((issue) => `${pathOf(issue)}: ${issue.message}`) };
  const problems = read.data.flatMap((survey, index) =>
    languageProblems(survey, languages).map(({ field, problem }) => `surveys[${index}].${field}: ${problem}`),
  );
  return problems.length > 0 ? { problems } : { surveys: read.data };
}

function pathOf({ path }: z.core.$ZodIssue): string {
  return path.reduce<string>(
    (written, part) => written + (typeof part === 'number' ? `[${part}]` : `.${String(part)}`),
    'surveys',
  );
}

/** The engine tells the place of some mistakes, and of others only the text around them. */
function describeSyntaxError(text: string, message: string): string {
  const [, what = message, told] = /^(.*?)(?: in JSON at position (\d+).*)?$/su.exec(message) ?? [];
  const unexpectedToken = /^Unexpected token '.+?'/su.exec(message)?.[0];
  const place = told ? Number(told) : unexpectedToken ? unexpectedTokenAt(text) : text.length;
  const before = text.slice(0, place).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: ${unexpectedToken ?? what}`;
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
