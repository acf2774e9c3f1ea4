import { isDeepStrictEqual } from 'node:util';
import type { Account, FieldValue, User, UserField } from './account.ts';
import { userFieldChanged } from './events.ts';
import { type Attributes, isObject } from './reading.ts';
import { forbidden, invalidRequest, recordInvalid, recordNotFound } from './refusals.ts';
import { emptyValue, readValue } from './user-values.ts';

/** What may be changed of a user here; Zendesk has more, and this stand-in refuses the rest. */
export const changeableAttributes = ['name', 'email', 'locale', 'user_fields'] as const;

export type UserChanges = {
  name?: string;
  email?: string;
  locale?: string;
  values: readonly { field: UserField; value: FieldValue }[];
};

/**
 * Changes one user, all of it or nothing, and tells the webhooks of every field whose value is another one now.
 *
 * @throws Refusal 404, 403 or 422, as a single update answers it and a job reports it
 */
export function changeUser(account: Account, actor: User, id: number, attributes: Attributes): User {
  const user = account.users.get(id);
  if (!user?.active) throw recordNotFound();
  if (user.shared || (actor.role !== 'admin' && user.role !== 'end-user')) throw forbidden();
  const changes = readChanges(account, user, attributes);
  if (changes.name !== undefined) user.name = changes.name;
  if (changes.locale !== undefined) user.locale = changes.locale;
  // Another address does not replace the primary one: it becomes a second identity.
  if (changes.email !== undefined && !account.findUsersByEmail(changes.email).includes(user)) {
    account.addIdentities(user, [account.newIdentity(changes.email, { verification: 'none' })]);
  }
  user.updatedAt = account.clock();
  writeValues(account, user, changes.values);
  return user;
}

/** The attributes of a new user or of a changed one, each checked as Zendesk checks it. */
export function readChanges(account: Account, user: User | undefined, attributes: Attributes): UserChanges {
  const name = readText(attributes, 'name');
  const email = readText(attributes, 'email');
  const locale = readText(attributes, 'locale');
  if (email !== undefined) verifyAddress(account, user, email);
  return {
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(locale === undefined ? {} : { locale }),
    values: readFields(account, attributes.user_fields),
  };
}

export function writeValues(account: Account, user: User, values: UserChanges['values']): void {
  for (const { field, value } of values) {
    const previous = user.values.get(field.key) ?? emptyValue(field);
    user.values.set(field.key, value);
    if (!isDeepStrictEqual(previous, value)) {
      account.announce(userFieldChanged(account, user, { field, current: value, previous }));
    }
  }
}

function readFields(account: Account, raw: unknown): UserChanges['values'] {
  if (raw === undefined) return [];
  if (!isObject(raw)) throw invalidRequest('user_fields', 'It has to be an object.');
  return Object.entries(raw).map(([key, value]) => {
    const field = account.fields.find((known) => known.key === key && known.active);
    if (!field) throw recordInvalid(key, `${key}: is not a user field`, 'UnknownField');
    const read = readValue(value, field);
    const isText = typeof read === 'string' && (field.type === 'text' || field.type === 'textarea');
    return { field, value: isText ? account.storedText(read) : read };
  });
}

function readText(attributes: Attributes, name: string): string | undefined {
  const text = attributes[name];
  if (text === undefined) return undefined;
  if (typeof text !== 'string' || text.trim() === '')
    throw recordInvalid(name, `${name}: cannot be blank`, 'BlankValue');
  return text;
}

function verifyAddress(account: Account, user: User | undefined, email: string): void {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) throw recordInvalid('email', 'Email: is not properly formatted');
  const owners = account.findUsersByEmail(email);
  if (owners.some((owner) => owner !== user)) {
    throw recordInvalid('email', 'Email: is already being used by another user', 'DuplicateValue');
  }
}
