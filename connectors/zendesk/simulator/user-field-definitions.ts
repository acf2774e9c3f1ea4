import type { Account, UserField } from './account.ts';
import { type Attributes, isObject, verifyKnown } from './reading.ts';
import { invalidRequest, recordInvalid } from './refusals.ts';
import { fieldTypes } from './user-values.ts';

export const creatableAttributes = [
  'type',
  'key',
  'title',
  'description',
  'active',
  'position',
  'custom_field_options',
  'tag',
  'regexp_for_validation',
] as const;

/** Key and type may be sent again, but only as they are. */
export const changeableAttributes = ['key', 'type', 'title', 'description', 'active', 'custom_field_options'] as const;

/** A new field, checked as Zendesk checks it. */
export function readField(account: Account, attributes: Attributes): UserField {
  const { type, title, description = '', active = true, tag = null } = attributes;
  const now = account.clock();
  if (typeof type !== 'string' || !fieldTypes.includes(type)) {
    throw recordInvalid('type', `Type: is not one of ${fieldTypes.join(', ')}`);
  }
  if (typeof title !== 'string' || title.trim() === '') {
    throw recordInvalid('title', 'Title: cannot be blank', 'BlankValue');
  }
  if (typeof description !== 'string') throw invalidRequest('description', 'It has to be text.');
  if (typeof active !== 'boolean') throw invalidRequest('active', 'It has to be true or false.');
  if (tag !== null && (type !== 'checkbox' || typeof tag !== 'string')) throw recordInvalid('tag', 'Tag: is invalid');
  const position = attributes.position ?? account.fields.length;
  if (typeof position !== 'number') throw invalidRequest('position', 'It has to be a number.');
  return {
    id: account.identifiers.next(),
    key: readKey(account, attributes.key),
    type,
    title,
    description,
    active,
    position,
    tag,
    pattern: readPattern(type, attributes.regexp_for_validation),
    options: readOptions(account, type, attributes.custom_field_options),
    createdAt: now,
    updatedAt: now,
  };
}

export function readOptions(account: Account, type: string, raw: unknown): UserField['options'] {
  if (type !== 'dropdown' && type !== 'multiselect') {
    if (raw !== undefined) throw recordInvalid('custom_field_options', 'Options: are only for a dropdown');
    return [];
  }
  if (!Array.isArray(raw) || raw.length === 0) {
    throw recordInvalid('custom_field_options', 'Options: cannot be blank', 'BlankValue');
  }
  const options = raw.map((option: unknown) => readOption(account, option));
  if (new Set(options.map(({ value }) => value)).size !== options.length) {
    throw recordInvalid('custom_field_options', 'Value: has already been taken', 'DuplicateValue');
  }
  return options;
}

/** An option's value becomes a tag, so it can only be what a tag can be. */
export function readOption(account: Account, raw: unknown): UserField['options'][number] {
  if (!isObject(raw)) throw recordInvalid('custom_field_options', 'Options: are invalid');
  verifyKnown(raw, ['id', 'name', 'raw_name', 'value']);
  const { name, value } = raw;
  if (typeof name !== 'string' || name.trim() === '')
    throw recordInvalid('name', 'Name: cannot be blank', 'BlankValue');
  if (typeof value !== 'string' || !/^[\w\-/.]+$/.test(value)) {
    throw recordInvalid('value', 'Value: special characters are not allowed');
  }
  return { id: account.identifiers.next(), name, value };
}

function readKey(account: Account, key: unknown): string {
  if (typeof key !== 'string' || !/^[A-Za-z0-9_]+$/.test(key) || /^\d+$/.test(key)) {
    throw recordInvalid('key', 'Key: may only have letters, digits and underscores, and not only digits');
  }
  if (account.fields.some((field) => field.key === key)) {
    throw recordInvalid('key', 'Key: has already been taken', 'DuplicateValue');
  }
  return key;
}

function readPattern(type: string, raw: unknown): string | null {
  if (type !== 'regexp') {
    if (raw !== undefined) throw recordInvalid('regexp_for_validation', 'Pattern: is only for a regexp field');
    return null;
  }
  if (typeof raw !== 'string') throw recordInvalid('regexp_for_validation', 'Pattern: cannot be blank', 'BlankValue');
  return raw;
}
