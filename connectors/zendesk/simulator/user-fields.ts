import { Router } from 'express';
import { type Account, timestamp, type UserField } from './account.ts';
import { admitAdmins } from './authentication.ts';
import { listPage, pageParameters } from './pagination.ts';
import { type Attributes, readQuery, readRecord } from './reading.ts';
import { invalidRequest, recordInvalid, recordNotFound } from './refusals.ts';
import {
  changeableAttributes,
  creatableAttributes,
  readField,
  readOption,
  readOptions,
} from './user-field-definitions.ts';

/** @see https://developer.zendesk.com/api-reference/ticketing/users/user_fields/ */
export function createUserFieldRoutes(account: Account): Router {
  const routes = Router();

  routes.get('/user_fields', (request, response) => {
    const query = readQuery(request, pageParameters);
    const { items, envelope } = listPage(account.fields, query, `${account.baseUrl}/api/v2/user_fields.json`);
    response.json({ user_fields: items.map((field) => showField(account, field)), ...envelope });
  });

  routes.post('/user_fields', admitAdmins, (request, response) => {
    readQuery(request, []);
    const field = readField(account, readRecord(request, 'user_field', creatableAttributes));
    account.fields.push(field);
    response.status(201).json({ user_field: showField(account, field) });
  });

  routes.get('/user_fields/:idOrKey', (request, response) => {
    readQuery(request, []);
    response.json({ user_field: showField(account, findField(account, request.params.idOrKey)) });
  });

  routes.put('/user_fields/:idOrKey', admitAdmins, (request, response) => {
    readQuery(request, []);
    const field = findField(account, request.params.idOrKey);
    changeField(account, field, readRecord(request, 'user_field', changeableAttributes));
    response.json({ user_field: showField(account, field) });
  });

  routes.delete('/user_fields/:idOrKey', admitAdmins, (request, response) => {
    readQuery(request, []);
    removeField(account, findField(account, request.params.idOrKey));
    response.status(204).end();
  });

  routes.post('/user_fields/:idOrKey/options', admitAdmins, (request, response) => {
    readQuery(request, []);
    const field = findField(account, request.params.idOrKey);
    const sent = readRecord(request, 'custom_field_option', ['id', 'name', 'value']);
    const { option, isNew } = putOption(account, field, sent);
    response.status(isNew ? 201 : 200).json({ custom_field_option: showOption(option) });
  });

  return routes;
}

function findField(account: Account, idOrKey: string): UserField {
  const field = account.fields.find(({ id, key }) => key === idOrKey || String(id) === idOrKey);
  if (!field) throw recordNotFound();
  return field;
}

function changeField(account: Account, field: UserField, attributes: Attributes): void {
  for (const fixed of ['key', 'type'] as const) {
    if (attributes[fixed] !== undefined && attributes[fixed] !== field[fixed]) {
      throw recordInvalid(fixed, `${fixed}: cannot be changed`);
    }
  }
  const { title = field.title, description = field.description, active = field.active } = attributes;
  if (typeof title !== 'string' || title === '') throw recordInvalid('title', 'Title: cannot be blank', 'BlankValue');
  if (typeof description !== 'string') throw invalidRequest('description', 'It has to be text.');
  if (typeof active !== 'boolean') throw invalidRequest('active', 'It has to be true or false.');
  if (attributes.custom_field_options !== undefined) {
    replaceOptions(account, field, readOptions(account, field.type, attributes.custom_field_options));
  }
  Object.assign(field, { title, description, active, updatedAt: account.clock() });
}

/** With it go the values that users have in it. */
function removeField(account: Account, field: UserField): void {
  account.fields.splice(account.fields.indexOf(field), 1);
  for (const { values } of account.users.values()) values.delete(field.key);
}

/** The list that is sent is the list that remains: an option left out is gone, also from the users who had it. */
function replaceOptions(account: Account, field: UserField, options: UserField['options']): void {
  field.options = options.map((option) => {
    const known = field.options.find(({ value }) => value === option.value);
    return { ...option, id: known?.id ?? option.id };
  });
  const remaining = new Set<unknown>(options.map(({ value }) => value));
  for (const { values } of account.users.values()) {
    const chosen = values.get(field.key);
    if (Array.isArray(chosen))
      values.set(
        field.key,
        chosen.filter((value) => remaining.has(value)),
      );
    else if (!remaining.has(chosen)) values.delete(field.key);
  }
}

function putOption(
  account: Account,
  field: UserField,
  sent: Attributes,
): { option: UserField['options'][number]; isNew: boolean } {
  const { id, ...described } = sent;
  const option = readOption(account, described);
  if (field.type !== 'dropdown' && field.type !== 'multiselect') throw invalidRequest('id', 'It has no options.');
  const known = field.options.find((other) => (id === undefined ? other.value === option.value : other.id === id));
  if (id !== undefined && !known) throw recordNotFound();
  if (!known) {
    field.options.push(option);
    return { option, isNew: true };
  }
  Object.assign(known, { name: option.name, value: option.value });
  return { option: known, isNew: false };
}

function showField(account: Account, field: UserField): Attributes {
  const hasOptions = field.type === 'dropdown' || field.type === 'multiselect';
  return {
    id: field.id,
    url: `${account.baseUrl}/api/v2/user_fields/${field.id}.json`,
    type: field.type,
    key: field.key,
    title: field.title,
    raw_title: field.title,
    description: field.description,
    raw_description: field.description,
    position: field.position,
    active: field.active,
    system: false,
    tag: field.tag,
    regexp_for_validation: field.pattern,
    created_at: timestamp(field.createdAt),
    updated_at: timestamp(field.updatedAt),
    ...(hasOptions ? { custom_field_options: field.options.map(showOption) } : {}),
  };
}

function showOption({ id, name, value }: UserField['options'][number]): Attributes {
  return { id, name, raw_name: name, value };
}
