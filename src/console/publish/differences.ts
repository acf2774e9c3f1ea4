import type { PublishedContent } from '../api/surveys.ts';

export type Leaf = string | number | boolean | null | readonly unknown[];

/** One thing that a survey says another way than before; `undefined` where it says nothing. */
export type Difference = { path: string; before: Leaf | undefined; after: Leaf | undefined };

/** What a survey says another way than before, in the order of its parts. */
export function differences(before: PublishedContent | undefined, after: PublishedContent): readonly Difference[] {
  const old = new Map(leaves(before ?? {}));
  const now = new Map(leaves(after));
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((path) => ({ path, before: old.get(path), after: now.get(path) }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after));
}

/** Lists are looked at as a whole: where they differ, one wants to read both. */
function leaves(value: object, under = ''): [string, Leaf][] {
  return Object.entries(value).flatMap(([name, of]: [string, unknown]) => {
    const path = under === '' ? name : `${under}.${name}`;
    if (of === undefined) return [];
    if (of !== null && typeof of === 'object' && !Array.isArray(of)) return leaves(of, path);
    return [[path, of as Leaf] as [string, Leaf]];
  });
}
