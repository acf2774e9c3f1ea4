import { namedValues } from '../../src/model/account-fields.ts';
import { doNotSurveyKey, type RecordField, type RecordValues } from '../../src/model/crm-field-definitions.ts';
import type { FieldNames } from './field-names.ts';

/** In characters; what a single line and a paragraph take. Not in Freshdesk's documents. */
const longest = { text: 255, long_text: 65_535 } as const;

/** What custom fields hold, by Freshdesk's names of them. */
export type CustomFields = Readonly<Record<string, unknown>>;

/**
 * Our values as Freshdesk's contact fields take them. A moment becomes its day, for want of a type that keeps a
 * time; a flag cannot be empty, so clearing it unticks it.
 */
export function toCustomFields(values: RecordValues, names: FieldNames): CustomFields {
  return Object.fromEntries(
    namedValues(values, names.fields)
      .filter(([{ key }, value]) => key !== doNotSurveyKey || value === false)
      .map(([field, value]) => [names.of(field.key) ?? field.name, written(field, value)]),
  );
}

/**
 * What stands in those of a contact's fields that are ours, in our own form. A moment comes back as midnight UTC of its
 * day, and a cleared flag as `false`.
 */
export function fromCustomFields(fields: CustomFields, names: FieldNames): RecordValues {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const field = names.fieldOf(name);
      return field ? [[field.key, read(field, value)]] : [];
    }),
  );
}

function written(field: RecordField, value: RecordValues[string] | undefined) {
  if (value === null || value === undefined) return field.type === 'flag' ? false : null;
  if (field.type === 'timestamp') return String(value).slice(0, 10);
  if (field.type === 'text' || field.type === 'long_text') return cut(String(value), longest[field.type]);
  return value;
}

/** Half of a surrogate pair at the end would be refused or garbled. */
function cut(text: string, length: number): string {
  return text.length > length ? text.slice(0, length).replace(/[\uD800-\uDBFF]$/u, '') : text;
}

function read(field: RecordField, value: unknown): RecordValues[string] {
  if (field.type === 'flag') return value === true;
  if (value === null || value === undefined || value === '') return null;
  if (field.type === 'number') return Number(value);
  if (field.type === 'timestamp') return `${String(value).slice(0, 10)}T00:00:00.000Z`;
  return String(value);
}
