import { z } from 'zod';
import type { ContactSnapshot } from '../../src/domain/contact.ts';
import { doNotSurveyKey, type RecordValues } from '../../src/domain/record-fields.ts';
import { fault } from './fault.ts';
import { readInstant, readValues } from './values.ts';

/**
 * HubSpot's answers: only the fields we use, lenient about the rest, in our own words. Any field may be missing, and
 * ids come as numbers or as strings.
 */
const id = z.union([z.string(), z.number()]).transform(String);
const word = z.string().optional().catch(undefined);
const properties = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
  .catch({})
  .transform(
    (raw) => new Map(Object.entries(raw).flatMap(([name, value]) => (present(value) ? [[name, String(value)]] : []))),
  );

/** One page of anything, with where the next one begins. */
export const page = <T extends z.ZodType>(item: T) =>
  z
    .object({
      results: z.array(item).default([]),
      paging: z.object({ next: z.object({ after: id }).optional() }).nullish(),
    })
    .transform(({ results, paging }) => ({ items: results, after: paging?.next?.after }));

/** What a batch did, and what it did not: both at once when HubSpot answers 207. */
export const batch = <T extends z.ZodType>(item: T) =>
  z
    .object({ results: z.array(item).default([]), errors: z.array(z.unknown()).default([]) })
    .transform(({ results, errors }) => ({ done: results, faults: errors.map((error) => fault.parse(error)) }));

// ------------------------------------------------------------------------------------------------------- accounts

export const account = z
  .object({ portalId: id, timeZone: word })
  .transform(({ portalId, timeZone }) => ({ id: portalId, timeZone }));

export const owner = z
  .object({ firstName: word.nullable(), lastName: word.nullable() })
  .transform(({ firstName, lastName }) => ({ name: fullName(firstName, lastName) }));

// ------------------------------------------------------------------------------------------------------- contacts

const record = z.object({ id, properties, createdAt: word, updatedAt: word, archived: z.boolean().optional() });

export const contactProperties = [
  'email',
  'hs_additional_emails',
  'firstname',
  'lastname',
  'hs_language',
  'hs_timezone',
  'hs_email_optout',
  'hs_email_bad_address',
  doNotSurveyKey,
];

export const contact = record.transform(({ id, properties: of }): ContactSnapshot => {
  const email = of.get('email');
  const others = (of.get('hs_additional_emails') ?? '').split(';').map((address) => address.trim());
  const addresses = [...new Set([email ?? '', ...others])].filter((address) => address !== '');
  return {
    id,
    // HubSpot keeps an address on one record only and does not tell verified ones from others.
    emails: addresses.map((address) => ({ address, verified: true })),
    ...known({
      email,
      name: fullName(of.get('firstname'), of.get('lastname')),
      language: readLanguage(of.get('hs_language')),
      timeZone: readTimeZone(of.get('hs_timezone')),
      optedOut: readFlag(of.get('hs_email_optout')),
      undeliverable: readFlag(of.get('hs_email_bad_address')),
      doNotSurvey: readFlag(of.get(doNotSurveyKey)),
    }),
  };
});

export const scores = record.transform(({ id, properties: of }): { id: string; values: RecordValues } => ({
  id,
  values: readValues(of),
}));

export const identity = z.object({ id });

// -------------------------------------------------------------------------------------------------------- tickets

export const ticketProperties = [
  'subject',
  'hs_pipeline',
  'hs_pipeline_stage',
  'closed_date',
  'createdate',
  'hs_lastmodifieddate',
  'hubspot_owner_id',
  'hs_ticket_priority',
  'source_type',
];

export const ticket = record.transform(({ id, properties: of, createdAt, updatedAt, archived }) => ({
  id,
  archived: archived ?? false,
  subject: of.get('subject'),
  pipeline: of.get('hs_pipeline'),
  stage: of.get('hs_pipeline_stage'),
  closedAt: readInstant(of.get('closed_date')),
  createdAt: readInstant(of.get('createdate') ?? createdAt),
  updatedAt: readInstant(of.get('hs_lastmodifieddate') ?? updatedAt),
  owner: of.get('hubspot_owner_id'),
  priority: of.get('hs_ticket_priority'),
  channel: of.get('source_type'),
}));

/** Who a ticket is associated with: one contact or several, at most one of them labelled as the primary one. */
export const association = z
  .object({ toObjectId: id, associationTypes: z.array(z.object({ label: word.nullable() })).catch([]) })
  .transform(({ toObjectId, associationTypes }) => ({
    contactId: toObjectId,
    primary: associationTypes.some(({ label }) => /\bprimary\b/iu.test(label ?? '')),
  }));

/** Metadata values are strings, and either key may be missing: only then is `closed` unknown. */
const stage = z
  .object({ id, metadata: z.record(z.string(), z.unknown()).catch({}) })
  .transform(({ id, metadata: { ticketState, isClosed } }) => ({
    id,
    closed: present(ticketState)
      ? String(ticketState).toUpperCase() === 'CLOSED'
      : present(isClosed)
        ? String(isClosed) === 'true'
        : undefined,
  }));

export const pipeline = z.object({ id, stages: z.array(stage).default([]) });

// ----------------------------------------------------------------------------------------------------- properties

export const property = z.object({
  name: z.string(),
  type: word,
  fieldType: word,
  groupName: word,
  archived: z.boolean().optional().catch(undefined),
  // Kept whole: a change of options sends all of them back.
  options: z
    .array(z.looseObject({ value: z.string(), displayOrder: z.number().optional().catch(undefined) }))
    .catch([]),
});
export type Property = z.infer<typeof property>;

// ------------------------------------------------------------------------------------------------------- webhooks

const nouns: Readonly<Record<string, 'ticket' | 'contact'>> = {
  ticket: 'ticket',
  contact: 'contact',
  '0-5': 'ticket',
  '0-1': 'contact',
};

const optionalId = id.optional().catch(undefined);

/**
 * One event, in its classic form (`ticket.merge`) or in the one for all objects (`object.merge` with a type of object).
 * The wire says `subscriptionType` where some of HubSpot's pages say `eventType`.
 */
export const webhookEvent = z
  .object({
    subscriptionType: word,
    eventType: word,
    objectTypeId: word,
    portalId: optionalId,
    objectId: optionalId,
    eventId: optionalId,
    occurredAt: z.coerce.number().catch(0),
    propertyName: word,
    propertyValue: z.unknown().optional(),
    primaryObjectId: optionalId,
    newObjectId: optionalId,
    mergedObjectIds: z.array(id).catch([]),
  })
  .catch({ occurredAt: 0, mergedObjectIds: [] })
  .transform((event) => {
    const type = event.subscriptionType ?? event.eventType ?? 'unreadable';
    const [object = '', verb = ''] = type.split('.');
    return {
      type,
      noun: nouns[object === 'object' ? (event.objectTypeId ?? '') : object],
      verb,
      account: event.portalId,
      objectId: event.objectId,
      eventId: event.eventId,
      // Without a time it is as old as can be: nothing rests on it but the order of notices.
      happenedAt: new Date(Number.isSafeInteger(event.occurredAt) ? event.occurredAt : 0),
      property: event.propertyName,
      value: event.propertyValue,
      primaryId: event.primaryObjectId,
      newId: event.newObjectId,
      mergedIds: event.mergedObjectIds,
    };
  });
export type WebhookEvent = z.infer<typeof webhookEvent>;

// ------------------------------------------------------------------------------------------------- reading values

function present(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '';
}

/** Leaves out what HubSpot did not tell. */
export function known<T extends object>(facts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function fullName(first: string | null | undefined, last: string | null | undefined): string | undefined {
  return [first, last].filter(present).join(' ').trim() || undefined;
}

function readFlag(raw: string | undefined): boolean | undefined {
  return raw === 'true' ? true : raw === 'false' ? false : undefined;
}

/** HubSpot writes `pt-br`. */
function readLanguage(raw: string | undefined): string | undefined {
  try {
    return raw === undefined ? undefined : Intl.getCanonicalLocales(raw.replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}

/** HubSpot writes `america_slash_new_york`. */
function readTimeZone(raw: string | undefined): string | undefined {
  try {
    const timeZone = raw?.replaceAll('_slash_', '/').replaceAll('_hyphen_', '-');
    return timeZone === undefined ? undefined : new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
