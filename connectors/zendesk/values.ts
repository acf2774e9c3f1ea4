import { doNotSurveyKey, type RecordField, type RecordValues, recordFields } from '../../src/domain/record-fields.ts';

const fieldsByKey = new Map(recordFields.map((field) => [field.key, field]));

/**
 * The value of a dropdown's option. It is prefixed by the first word of the field's key because it becomes a tag of the
 * user's, beside tags of every other origin, and no two dropdowns may share one: `nps_promoter`, `ces_neutral`.
 */
export function optionValue(key: string, value: string): string {
  return `${prefixOf(key)}${value}`;
}

/**
 * Our values in the form in which Zendesk's user fields take them. A moment becomes its day in UTC, for want of a field
 * type that keeps a time; a flag cannot be empty, so clearing it unticks it.
 */
export function toUserFields(values: RecordValues): Record<string, string | number | boolean | null> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => key !== doNotSurveyKey)
      .map(([key, value]) => [key, written(fieldsByKey.get(key), value)]),
  );
}

/**
 * What stands in those of a user's fields that are ours, in our own form. The one place where both forms differ for
 * good: a moment comes back as midnight UTC of its day, and a cleared flag as `false`. Compare accordingly.
 */
export function fromUserFields(fields: Readonly<Record<string, unknown>>): RecordValues {
  return Object.fromEntries(
    recordFields.filter(({ key }) => key in fields).map((field) => [field.key, read(field, fields[field.key])]),
  );
}

function written(field: RecordField | undefined, value: RecordValues[string] | undefined) {
  if (value === null || value === undefined) return field?.type === 'flag' ? false : null;
  if (field?.type === 'choice') return optionValue(field.key, String(value));
  if (field?.type === 'moment') return dayOf(value);
  return value;
}

function read(field: RecordField, value: unknown): RecordValues[string] {
  if (field.type === 'flag') return value === true;
  if (value === null || value === undefined || value === '') return null;
  if (field.type === 'number') return Number(value);
  if (field.type === 'moment') return `${String(value).slice(0, 10)}T00:00:00.000Z`;
  if (field.type === 'choice') return withoutPrefix(field.key, String(value));
  return String(value);
}

function dayOf(moment: string | number | boolean): string {
  return new Date(String(moment)).toISOString().slice(0, 10);
}

function withoutPrefix(key: string, value: string): string {
  const prefix = prefixOf(key);
  return value.startsWith(prefix) ? value.slice(prefix.length) : value;
}

function prefixOf(key: string): string {
  return `${key.split('_', 1)[0]}_`;
}
