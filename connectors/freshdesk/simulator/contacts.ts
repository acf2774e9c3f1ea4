import express, { type Router } from 'express';
import { type Account, type Contact, writeTimestamp } from './account.ts';
import { readValues, showValues } from './contact-values.ts';
import type { RateLimits } from './rate-limits.ts';
import { readBody, readId, readQuery, readWhole } from './reading.ts';
import { invalid, methodNotAllowed, missingField, notFound, Refusal, wrongType } from './refusals.ts';

const changeable = ['name', 'email', 'language', 'custom_fields'];

/** https://developers.freshdesk.com/api/#contacts */
export function contactRoutes(account: Account, limits: RateLimits): Router {
  const router = express.Router();

  router.get('/contacts', limits.list('contacts'), (request, response) => {
    const query = readQuery(request, ['email', 'page', 'per_page']);
    const email = query.get('email')?.toLowerCase();
    const perPage = readWhole(query, 'per_page', { otherwise: 30, most: 100 });
    const from = (readWhole(query, 'page', { otherwise: 1, most: 500 }) - 1) * perPage;
    const listed = [...account.contacts.values()].filter(
      (contact) =>
        !contact.blocked && !contact.deleted && (email === undefined || contact.email?.toLowerCase() === email),
    );
    response.json(listed.slice(from, from + perPage).map((contact) => show(account, contact)));
  });

  router.post('/contacts', (request, response) => {
    const { name, email, language = 'en', custom_fields = {} } = readBody(request, changeable);
    if (typeof name !== 'string' || name === '') throw invalid([missingField('name')]);
    if (typeof email !== 'string' || !/^[^@\s]+@[^@\s]+$/.test(email)) throw invalid([missingField('email')]);
    if (typeof language !== 'string') throw invalid([wrongType('language', 'String', typeof language)]);
    if (account.findContactByEmail(email)) {
      const error = { field: 'email', message: 'It should be a unique value', code: 'duplicate_value' };
      throw new Refusal(409, { description: 'Validation failed', errors: [error] });
    }
    const contact = addContact(account, { name, email, language });
    contact.values = readValues(account, custom_fields);
    response.status(201).json(show(account, contact));
  });

  router.get('/contacts/:id', (request, response) => {
    readQuery(request, []);
    response.json(show(account, contactOf(account, request.params.id)));
  });

  router.put('/contacts/:id', (request, response) => {
    const contact = contactOf(account, request.params.id);
    if (contact.blocked || contact.deleted) throw methodNotAllowed('GET');
    const { custom_fields: values } = readBody(request, ['custom_fields']);
    for (const [name, value] of readValues(account, values)) contact.values.set(name, value);
    contact.updatedAt = account.clock();
    response.json(show(account, contact));
  });

  return router;
}

type NewContact = Pick<Contact, 'name'> & {
  email?: string;
  otherEmails?: readonly string[];
  language?: string;
  blocked?: boolean;
};

export function addContact(
  account: Account,
  { name, email, otherEmails = [], language = 'en', blocked = false }: NewContact,
): Contact {
  const now = account.clock();
  const contact: Contact = {
    id: account.nextId(),
    name,
    email: email ?? null,
    language,
    otherEmails,
    blocked,
    deleted: false,
    values: new Map(),
    createdAt: now,
    updatedAt: now,
  };
  account.contacts.set(contact.id, contact);
  return contact;
}

function contactOf(account: Account, id: string): Contact {
  const contact = account.contacts.get(readId(id));
  if (!contact) throw notFound();
  return contact;
}

function show(account: Account, contact: Contact) {
  const { id, name, email, otherEmails, language, deleted } = contact;
  return {
    id,
    name,
    email,
    language,
    active: false,
    address: null,
    company_id: null,
    contact_type: 'contact',
    description: null,
    job_title: null,
    mobile: null,
    phone: null,
    other_emails: otherEmails,
    tags: [],
    time_zone: 'Eastern Time (US & Canada)',
    ...(deleted ? { deleted } : {}),
    custom_fields: showValues(account, contact.values),
    created_at: writeTimestamp(contact.createdAt),
    updated_at: writeTimestamp(contact.updatedAt),
  };
}
