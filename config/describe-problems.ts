import type { SettingProblem } from '../src/model/errors.ts';
import { createRender } from '../src/platform/messages/render.ts';

/** The terminal is in English. */
const say = createRender();

/** As one line: the setting, what is wrong, what would be right. */
export function describeProblem({ setting, field, message, example }: SettingProblem): string {
  const place = field === undefined || field === '' ? '' : ` ${field}:`;
  const right = example === undefined ? '' : ` Example: ${setting}=${example}`;
  return `${setting}:${place} ${say('fields', message)}${right}`;
}

/** What the terminal shows of settings with which nothing can start. */
export function describeProblems(problems: readonly SettingProblem[]): string {
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  return `The configuration has ${count}:\n${problems.map((one) => `  - ${describeProblem(one)}\n`).join('')}`;
}
