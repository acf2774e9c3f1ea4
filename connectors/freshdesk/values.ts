import { doNotSurveyKey, type RecordField, type RecordValues, recordFields } from '../../src/domain/record-fields.ts';
import { ourKeyOf } from './field-names.ts';

const fieldsByKey = new Map(recordFields.map((field) => [field.key, field]));

/** In characters; what a single line and a paragraph take. Not in Freshdesk's documents. */
const longest = { text: 255, 'long text': 65_535 } as const;

/** What custom fields hold, by Freshdesk's names of them. */
export type CustomFields = Readonly<Record<string, unknown>>;

/**
 * Our values as Freshdesk's contact fields take them. A moment becomes its day in UTC, for want of a type that keeps a
 * time; a flag cannot be empty, so clearing it unticks it.
 *
 * @param nameOf what the field with this key is called
 */
export function toCustomFields(values: RecordValues, nameOf: (key: string) => string): CustomFields {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => key !== doNotSurveyKey)
      .map(([key, value]) => [nameOf(key), written(fieldsByKey.get(key), value)]),
  );
}

/**
 * What stands in those of a contact's fields that are ours, in our own form. A moment comes back as midnight UTC of its
 * day, and a cleared flag as `false`.
 */
export function fromCustomFields(fields: CustomFields): RecordValues {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const field = fieldsByKey.get(ourKeyOf(name) ?? '');
      return field ? [[field.key, read(field, value)]] : [];
    }),
  );
}

function written(field: RecordField | undefined, value: RecordValues[string] | undefined) {
  if (value === null || value === undefined) return field?.type === 'flag' ? false : null;
  if (field?.type === 'moment') return new Date(String(value)).toISOString().slice(0, 10);
  if (field?.type === 'text' || field?.type === 'long text') return cut(String(value), longest[field.type]);
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
  if (field.type === 'moment') return `${String(value).slice(0, 10)}T00:00:00.000Z`;
  return String(value);
}
