import type { FieldValue, UserField } from './account.ts';
import { recordInvalid } from './refusals.ts';

/** Answers what Zendesk would store, or nothing when it would refuse the value. */
type Reader = (raw: unknown, field: UserField) => FieldValue | undefined;

const readText: Reader = (raw) => (typeof raw === 'string' && raw.length <= 65_535 ? raw : undefined);

/** One reader for each type of field that can be made, all of Zendesk's but `lookup`; null clears and never comes here. */
const readers: Readonly<Record<string, Reader>> = {
  checkbox: (raw) => (typeof raw === 'boolean' ? raw : undefined),
  currency: readNumber,
  date: readDate,
  decimal: readNumber,
  dropdown: (raw, field) => field.options.find(({ value }) => value === raw)?.value,
  integer: (raw) => {
    const number = readNumber(raw);
    return Number.isSafeInteger(number) ? number : undefined;
  },
  multiselect: (raw, field) => {
    const known = new Set<unknown>(field.options.map(({ value }) => value));
    return Array.isArray(raw) && raw.every((value) => known.has(value)) ? raw : undefined;
  },
  regexp: (raw, field) => (typeof raw === 'string' && new RegExp(field.pattern ?? '').test(raw) ? raw : undefined),
  text: readText,
  textarea: readText,
};

export const fieldTypes: readonly string[] = Object.keys(readers);

/** What an unset field of this type reads as. */
export function emptyValue(field: UserField): FieldValue {
  if (field.type === 'checkbox') return false;
  return field.type === 'multiselect' ? [] : null;
}

/**
 * The value as Zendesk would store it.
 *
 * @throws Refusal 422 when the field cannot hold it
 */
export function readValue(raw: unknown, field: UserField): FieldValue {
  if (raw === null || raw === '') return emptyValue(field);
  const value = readers[field.type]?.(raw, field);
  if (value === undefined) throw recordInvalid(field.key, `${field.title}: is invalid`);
  return value;
}

function readNumber(raw: unknown): number | undefined {
  if (typeof raw !== 'number' && !(typeof raw === 'string' && /^-?\d+(\.\d+)?$/.test(raw))) return undefined;
  const number = Number(raw);
  return Number.isFinite(number) ? number : undefined;
}

/** A day goes in as `2026-11-01` and comes back as midnight. */
function readDate(raw: unknown): string | undefined {
  if (typeof raw !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(raw)) return undefined;
  const midnight = new Date(`${raw}T00:00:00Z`);
  const exists = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(raw);
  return exists ? `${raw}T00:00:00+00:00` : undefined;
}
