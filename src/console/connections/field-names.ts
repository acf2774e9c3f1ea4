import type { System } from '../api/systems.ts';

/** What each of our fields is called in an account; null is one that it does without. */
export type FieldNames = Readonly<Record<string, string | null>>;

export const namesOf = ({ fieldNames }: Pick<System, 'fieldNames'>): FieldNames => fieldNames as FieldNames;

export const nameOf = (names: FieldNames, key: string): string | null =>
  Object.hasOwn(names, key) ? (names[key] ?? null) : key;

/** With one field called otherwise; what has its own name again is not kept. */
export function renamed(names: FieldNames, key: string, name: string | null): FieldNames {
  const { [key]: _before, ...others } = names;
  return name === key ? others : { ...others, [key]: name };
}

export function areSame(one: FieldNames, other: FieldNames): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => nameOf(one, key) === nameOf(other, key));
}
