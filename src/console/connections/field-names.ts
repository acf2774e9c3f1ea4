import type { System } from '../api/systems.ts';

/** What each of our fields is called in an account; null is one that it does without. */
export type EditedFieldNames = Readonly<Record<string, string | null>>;

export const editedNames = ({ fieldNames }: Pick<System, 'fieldNames'>): EditedFieldNames =>
  fieldNames as EditedFieldNames;

export const findFieldName = (names: EditedFieldNames, key: string): string | null =>
  Object.hasOwn(names, key) ? (names[key] ?? null) : key;

/** With one field called otherwise; what has its own name again is not kept. */
export function renamed(names: EditedFieldNames, key: string, name: string | null): EditedFieldNames {
  const { [key]: _before, ...others } = names;
  return name === key ? others : { ...others, [key]: name };
}

export function areSame(one: EditedFieldNames, other: EditedFieldNames): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => findFieldName(one, key) === findFieldName(other, key));
}
