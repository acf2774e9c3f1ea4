import { Router } from 'express';
import { type Account, type Identity, timestamp, type User } from './account.ts';
import { signedInUser } from './authentication.ts';
import { userCreated } from './events.ts';
import type { JobStatuses } from './job-statuses.ts';
import type { RateLimits } from './rate-limits.ts';
import {
  type Attributes,
  isObject,
  readId,
  readIds,
  readQuery,
  readRecord,
  readSideloads,
  verifyKnown,
} from './reading.ts';
import { invalidRequest, recordInvalid, recordNotFound } from './refusals.ts';
import { changeableAttributes, changeUser, readChanges, writeValues } from './user-changes.ts';
import { emptyValue } from './user-values.ts';

/** What only a new user may be given. */
const only = ['role', 'verified', 'skip_verify_email', 'external_id'] as const;

/** @see https://developer.zendesk.com/api-reference/ticketing/users/users/ */
export function createUserRoutes(account: Account, jobs: JobStatuses, limits: RateLimits): Router {
  const routes = Router();

  routes.get('/users/search', (request, response) => {
    const query = readQuery(request, ['query', 'include']);
    const users = account.findUsersByEmail(readEmailQuery(query.get('query')));
    response.json({
      users: users.map((found) => showUser(account, found)),
      ...sideload(account, query, users),
      count: users.length,
      next_page: null,
      previous_page: null,
    });
  });

  routes.get('/users/show_many', (request, response) => {
    const query = readQuery(request, ['ids', 'include']);
    const users = [...new Set(readIds(query.get('ids')))].flatMap((id) => account.users.get(id) ?? []);
    response.json({
      users: users.map((user) => showUser(account, user)),
      ...sideload(account, query, users),
      count: users.length,
      next_page: null,
    });
  });

  routes.put('/users/update_many', (request, response) => {
    const rows = readRows(request.body, readQuery(request, ['ids']));
    const actor = signedInUser(response);
    const doRow = ({ id, ...attributes }: Attributes) => void changeUser(account, actor, Number(id), attributes);
    response.json({ job_status: jobs.enqueue({ of: 'User', rows, doRow }) });
  });

  routes.post('/users', (request, response) => {
    readQuery(request, []);
    const attributes = readRecord(request, 'user', [...changeableAttributes, ...only]);
    const user = createUser(account, attributes);
    response.status(201).location(`${account.baseUrl}/api/v2/users/${user.id}.json`);
    response.json({ user: showUser(account, user) });
  });

  routes.get('/users/:id', (request, response) => {
    const query = readQuery(request, ['include']);
    const user = account.users.get(readId(request.params.id));
    if (!user) throw recordNotFound();
    response.json({ user: showUser(account, user), ...sideload(account, query, [user]) });
  });

  routes.put('/users/:id', limits.userUpdates, (request, response) => {
    readQuery(request, []);
    const id = readId(request.params.id);
    const user = changeUser(account, signedInUser(response), id, readRecord(request, 'user', changeableAttributes));
    response.json({ user: showUser(account, user) });
  });

  return routes;
}

/** Every active field stands in `user_fields`, written or not. */
export function showUserFields(account: Account, user: User): Readonly<Record<string, unknown>> {
  const active = account.fields.filter((field) => field.active);
  return Object.fromEntries(active.map((field) => [field.key, user.values.get(field.key) ?? emptyValue(field)]));
}

export function showUser(account: Account, user: User): Attributes {
  return {
    id: user.id,
    url: `${account.baseUrl}/api/v2/users/${user.id}.json`,
    name: user.name,
    email: user.identities[0]?.address ?? null,
    created_at: timestamp(user.createdAt),
    updated_at: timestamp(user.updatedAt),
    time_zone: 'Berlin',
    iana_time_zone: 'Europe/Berlin',
    phone: null,
    locale: user.locale,
    organization_id: user.organization?.id ?? null,
    role: user.role,
    role_type: null,
    custom_role_id: null,
    verified: user.identities.some(isVerified),
    external_id: user.externalId,
    tags: [],
    active: user.active,
    shared: user.shared,
    shared_agent: false,
    suspended: user.suspended,
    user_fields: showUserFields(account, user),
  };
}

function sideload(account: Account, query: URLSearchParams, users: readonly User[]): Attributes {
  if (!readSideloads(query, ['identities']).has('identities')) return {};
  return { identities: users.flatMap((user) => showIdentities(account, user)) };
}

function showIdentities(account: Account, user: User): readonly Attributes[] {
  return user.identities.map(({ id, address, ...identity }, place) => ({
    id,
    url: `${account.baseUrl}/api/v2/users/${user.id}/identities/${id}.json`,
    user_id: user.id,
    type: 'email',
    value: address,
    verified: isVerified(identity),
    verification_method: identity.verification,
    ownership: identity.ownership,
    brand_id: identity.brandId,
    primary: place === 0,
    deliverable_state: identity.state,
    undeliverable_count: identity.state === 'undeliverable' ? 1 : 0,
    created_at: timestamp(user.createdAt),
    updated_at: timestamp(user.updatedAt),
  }));
}

/** The older word, which says the same of an address that was merely claimed as of one that was proven. */
function isVerified({ verification }: Pick<Identity, 'verification'>): boolean {
  return verification !== 'none';
}

function createUser(account: Account, attributes: Attributes): User {
  const { name, email, locale, values } = readChanges(account, undefined, attributes);
  if (name === undefined) throw recordInvalid('name', 'Name: cannot be blank', 'BlankValue');
  const role = attributes.role ?? 'end-user';
  if (role !== 'end-user' && role !== 'agent' && role !== 'admin') throw recordInvalid('role', 'Role: is invalid');
  const user = account.addUser({
    name,
    role,
    identities:
      email === undefined
        ? []
        : [account.newIdentity(email, { verification: attributes.verified === true ? 'full' : 'none' })],
    externalId: typeof attributes.external_id === 'string' ? attributes.external_id : null,
    ...(locale === undefined ? {} : { locale }),
  });
  writeValues(account, user, values);
  account.announce(userCreated(account, user));
  return user;
}

/** Of Zendesk's search language, the one form that finds a contact by address: `email:"a@b.example"`. */
function readEmailQuery(query: string | null): string {
  const email = /^(?:type:user )?email:(?:"([^"]+)"|(\S+))$/.exec(query ?? '');
  const address = email?.[1] ?? email?.[2];
  if (address === undefined) throw invalidRequest('query', 'Only email:"…" is understood here.');
  return address;
}

/** Two forms that exclude each other: `?ids=` with one `user`, or `users` with an id each. */
function readRows(body: unknown, query: URLSearchParams): readonly Attributes[] {
  const bulk = isObject(body) && isObject(body.user) ? body.user : undefined;
  const batch = isObject(body) && Array.isArray(body.users) ? body.users : undefined;
  if (!isObject(body) || Object.keys(body).length !== 1) throw invalidRequest('users', 'It has to be the whole body.');
  if (bulk && query.has('ids')) {
    verifyKnown(bulk, changeableAttributes);
    return readIds(query.get('ids')).map((id) => ({ ...bulk, id }));
  }
  if (!batch || query.has('ids')) throw invalidRequest('users', 'Either ?ids= with a user, or a list of users.');
  if (batch.length === 0 || batch.length > 100) throw invalidRequest('users', 'There may be 1 to 100 of them.');
  return batch.map((row: unknown) => {
    if (!isObject(row) || !Number.isSafeInteger(row.id)) throw invalidRequest('users', 'Each needs an id.');
    verifyKnown(row, [...changeableAttributes, 'id']);
    return row;
  });
}
