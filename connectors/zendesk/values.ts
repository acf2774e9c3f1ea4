import { type AccountField, namedValues } from '../../src/model/account-fields.ts';
import { doNotSurveyKey, type RecordField, type RecordValues } from '../../src/model/crm-field-definitions.ts';

/**
 * The value of a dropdown's option. It has a prefix because it becomes a tag of the user's, beside tags of every other
 * origin, and no two dropdowns may share one: `nps_promoter`, `ces_neutral`. Zendesk copies a user's tags onto their new
 * tickets, so none of them may begin with `feedback_` as the tags do that mark an answered ticket: `change_answered`.
 */
export function optionValue(key: string, value: string): string {
  return `${prefixOf(key)}${value}`;
}

/**
 * Our values in the form in which Zendesk's user fields take them. A moment becomes its day, for want of a field type
 * that keeps a time; a flag cannot be empty, so clearing it unticks it.
 */
export function toUserFields(
  values: RecordValues,
  fields: readonly AccountField[],
): Record<string, string | number | boolean | null> {
  return Object.fromEntries(
    namedValues(values, fields)
      .filter(([{ key }, value]) => key !== doNotSurveyKey || value === false)
      .map(([field, value]) => [field.name, written(field, value)]),
  );
}

/**
 * What stands in those of a user's fields that are ours, in our own form. The one place where both forms differ for
 * good: a moment comes back as midnight UTC of its day, and a cleared flag as `false`. Compare accordingly.
 */
export function fromUserFields(
  standing: Readonly<Record<string, unknown>>,
  fields: readonly AccountField[],
): RecordValues {
  return Object.fromEntries(
    fields.filter(({ name }) => name in standing).map((field) => [field.key, read(field, standing[field.name])]),
  );
}

function written(field: RecordField, value: RecordValues[string] | undefined) {
  if (value === null || value === undefined) return field.type === 'flag' ? false : null;
  if (field.type === 'choice') return optionValue(field.key, String(value));
  if (field.type === 'timestamp') return String(value).slice(0, 10);
  return value;
}

function read(field: RecordField, value: unknown): RecordValues[string] {
  if (field.type === 'flag') return value === true;
  if (value === null || value === undefined || value === '') return null;
  if (field.type === 'number') return Number(value);
  if (field.type === 'timestamp') return `${String(value).slice(0, 10)}T00:00:00.000Z`;
  if (field.type === 'choice') return withoutPrefix(field.key, String(value));
  return String(value);
}

function withoutPrefix(key: string, value: string): string {
  const prefix = prefixOf(key);
  return value.startsWith(prefix) ? value.slice(prefix.length) : value;
}

function prefixOf(key: string): string {
  const [first, ...others] = key.split('_');
  return `${first === 'feedback' ? others.at(-1) : first}_`;
}
