import express, { type Router } from 'express';
import { type Account, type ContactField, writeTimestamp } from './account.ts';
import { type Attributes, isObject, readBody, readId, readQuery, readWhole } from './reading.ts';
import { invalid, missingField, notFound, wrongType } from './refusals.ts';

const types = ['text', 'paragraph', 'checkbox', 'number', 'dropdown', 'phone_number', 'url', 'date'].map(
  (type) => `custom_${type}`,
);

const flags = [
  'editable_in_signup',
  'required_for_agents',
  'customers_can_edit',
  'required_for_customers',
  'displayed_for_customers',
];

/** Names that stand for what every contact has. */
const taken = ['name', 'email', 'phone', 'mobile', 'company_name', 'job_title', 'language', 'tag_names', 'description'];

/** https://developers.freshdesk.com/api/#contact-fields, custom ones alone. */
export function contactFieldRoutes(account: Account): Router {
  const router = express.Router();

  router.get('/contact_fields', (request, response) => {
    const query = readQuery(request, ['page', 'per_page']);
    const perPage = readWhole(query, 'per_page', { otherwise: 30, most: 100 });
    const from = (readWhole(query, 'page', { otherwise: 1, most: 300 }) - 1) * perPage;
    response.json(account.fields.map(show).slice(from, from + perPage));
  });

  router.get('/contact_fields/:id', (request, response) => {
    readQuery(request, []);
    response.json(show(fieldOf(account, request.params.id)));
  });

  router.post('/contact_fields', (request, response) => {
    const given = readBody(request, ['label', 'label_for_customers', 'type', 'position', 'choices', ...flags]);
    const field = create(account, given);
    account.fields.push(field);
    response.status(201).json(show(field));
  });

  router.put('/contact_fields/:id', (request, response) => {
    const field = fieldOf(account, request.params.id);
    const given = readBody(request, ['label', 'label_for_customers', 'position', 'choices', ...flags]);
    if (given.label !== undefined) field.label = readText(given, 'label');
    if (given.choices !== undefined) field.choices = changedChoices(account, field, given.choices);
    field.updatedAt = account.clock();
    response.json(show(field));
  });

  return router;
}

function fieldOf(account: Account, id: string): ContactField {
  const field = account.fields.find((candidate) => candidate.id === readId(id));
  if (!field) throw notFound();
  return field;
}

function create(account: Account, given: Attributes): ContactField {
  const label = readText(given, 'label');
  const labelForCustomers = readText(given, 'label_for_customers');
  const type = readText(given, 'type');
  if (!types.includes(type)) {
    const message = `It should be one of these values: '${types.join(',')}'`;
    throw invalid([{ field: 'type', message, code: 'invalid_value' }]);
  }
  if (account.fields.some((field) => field.label === label)) {
    throw invalid([{ field: 'label', message: 'It should be a unique value', code: 'duplicate_value' }]);
  }
  const now = account.clock();
  return {
    id: account.nextId(),
    name: nameFor(account, label),
    label,
    labelForCustomers,
    type,
    position: readPosition(account, given.position),
    flags: Object.fromEntries(flags.map((flag) => [flag, readFlag(given, flag)])),
    choices: type === 'custom_dropdown' ? readChoices(account, given.choices) : [],
    createdAt: now,
    updatedAt: now,
  };
}

/** The label in small letters; of other characters than letters and digits, spaces become underscores. */
function nameFor(account: Account, label: string): string {
  const name = label
    .toLowerCase()
    .replace(/[^a-z0-9_ ]/g, '')
    .trim()
    .replace(/ +/g, '_');
  const used = [...taken, ...account.fields.map((field) => field.name)];
  return used.includes(name) ? `custom_${name}` : name;
}

function readPosition(account: Account, position: unknown): number {
  if (position === undefined) return 1;
  const last = account.fields.length + 1;
  if (Number.isInteger(position) && Number(position) >= 1 && Number(position) <= last) return Number(position);
  throw invalid([{ field: 'position', message: `It should be between 1 and ${last}`, code: 'invalid_value' }]);
}

function readChoices(account: Account, given: unknown): ContactField['choices'] {
  if (!Array.isArray(given) || given.length === 0) throw invalid([missingField('choices')]);
  return given.map((choice: unknown, index) => {
    if (!isObject(choice) || typeof choice.value !== 'string' || choice.value === '') {
      throw invalid([wrongType('choices', 'key/value pair', typeof choice)]);
    }
    return { id: account.nextId(), value: choice.value, position: Number(choice.position ?? index + 1) };
  });
}

/** Strict: a choice that is left out is dropped, so that whoever forgets one is found out. */
function changedChoices(account: Account, field: ContactField, given: unknown): ContactField['choices'] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [];
  return list
    .filter((choice) => !(isObject(choice) && choice.deleted === true))
    .flatMap((choice): ContactField['choices'] => {
      const standing = field.choices.find(({ id }) => isObject(choice) && id === choice.id);
      const [read] = readChoices(account, [choice]);
      return read ? [{ ...read, id: standing?.id ?? read.id }] : [];
    });
}

function readText(given: Attributes, name: string): string {
  const value = given[name];
  if (value === undefined || value === null || value === '') throw invalid([missingField(name)]);
  if (typeof value !== 'string') throw invalid([wrongType(name, 'String', typeof value)]);
  return value;
}

function readFlag(given: Attributes, name: string): boolean {
  const value = given[name] ?? false;
  if (typeof value !== 'boolean') throw invalid([wrongType(name, 'Boolean', typeof value)]);
  return value;
}

function show(field: ContactField) {
  const { id, name, label, labelForCustomers, type, position, choices } = field;
  return {
    id,
    name,
    label,
    label_for_customers: labelForCustomers,
    type,
    position,
    default: false,
    ...field.flags,
    created_at: writeTimestamp(field.createdAt),
    updated_at: writeTimestamp(field.updatedAt),
    ...(type === 'custom_dropdown' ? { choices: choices.map((choice) => ({ ...choice, label: choice.value })) } : {}),
  };
}
