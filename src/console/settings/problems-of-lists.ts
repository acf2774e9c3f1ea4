import { problemsByField } from '../api/problem.ts';

/** What is wrong with one entry of a list is shown at the list: `ownDomains.2` at `ownDomains`. */
export function problemsOfLists(failure: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(problemsByField(failure)).map(([field, problem]) => [
      field.replace(/\.\d+$|\[\d+\]$/u, ''),
      problem,
    ]),
  );
}
