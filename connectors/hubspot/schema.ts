import { z } from 'zod';
import type { AccountField } from '../../src/domain/account-fields.ts';
import type { ContactSnapshot } from '../../src/domain/contact.ts';
import { doNotSurveyKey, type RecordValues } from '../../src/domain/record-fields.ts';
import { fault } from './fault.ts';
import { fullName, id, present, word } from './shapes.ts';
import { readInstant, readValues } from './values.ts';

/**
 * HubSpot's answers: only the fields we use, lenient about the rest, in our own words. Any field may be missing, and
 * ids come as numbers or as strings.
 */
const properties = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform((raw) =>
    Object.assign(new Map(Object.entries(raw).flatMap(([name, value]) => valueRow(name, value))), {
      /** Also of those without a value: HubSpot leaves out properties that the account does not have. */
      names: new Set(Object.keys(raw)),
    }),
  );

/** A value that is no text, number or flag is nothing that we know, and hides none of the others. */
function valueRow(name: string, value: unknown): (readonly [string, string])[] {
  const isKnown = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isKnown && value !== '' ? [[name, String(value)]] : [];
}

/** The rows that can be read: one that cannot must not stop what it came with. */
const rows = <T extends z.ZodType>(item: T) =>
  z.array(z.unknown()).transform((raw) =>
    raw.flatMap((row): z.output<T>[] => {
      const read = item.safeParse(row);
      return read.success ? [read.data] : [];
    }),
  );

/** One page of anything, with where the next one begins. */
export const page = <T extends z.ZodType>(item: T) =>
  z
    .object({
      results: rows(item).default([]),
      paging: z.object({ next: z.object({ after: id }).optional() }).nullish(),
    })
    .transform(({ results, paging }) => ({ items: results, after: paging?.next?.after }));

/** What a batch did, and what it did not: both at once when HubSpot answers 207. */
export const batch = <T extends z.ZodType>(item: T) =>
  z
    .object({ results: rows(item).default([]), errors: z.array(z.unknown()).default([]) })
    .transform(({ results, errors }) => ({ done: results, faults: errors.map((error) => fault.parse(error)) }));

// ------------------------------------------------------------------------------------------------------- contacts

const record = z.object({ id, properties, createdAt: word, updatedAt: word, archived: z.boolean().optional() });

/** What a snapshot is made of. */
const snapshotProperties = [
  'email',
  'hs_additional_emails',
  'firstname',
  'lastname',
  'hs_language',
  'hs_timezone',
  'hs_email_optout',
  'hs_email_bad_address',
  'hs_merged_object_ids',
  'company',
];

/** Which properties to ask for, and how to read them. */
export type ContactReading = {
  properties: readonly string[];
  reads: z.ZodType<ContactSnapshot>;
  /** The same, with further properties that somebody asks for by name. */
  with(properties: readonly string[]): ContactReading;
};

/**
 * @param fields ours, as the account has them
 * @param personKey the property that the admin joins a person's records by
 */
export function contactReading(
  fields: readonly AccountField[],
  personKey?: string,
  further: readonly string[] = [],
): ContactReading {
  const doNotSurvey = fields.find(({ key }) => key === doNotSurveyKey)?.name;
  const named = [doNotSurvey, personKey].filter((name) => name !== undefined);
  const properties = [...new Set([...snapshotProperties, ...named, ...further])];
  const reads = record.transform(({ id, properties: of }): ContactSnapshot => {
    const email = of.get('email');
    const addresses = [...new Set([email ?? '', ...listed(of.get('hs_additional_emails'))])];
    const mergedIds = listed(of.get('hs_merged_object_ids')).filter((merged) => merged !== id);
    return {
      id,
      // HubSpot keeps an address on one record only and does not tell verified ones from others.
      emails: addresses.filter((address) => address !== '').map((address) => ({ address, verified: true })),
      ...(mergedIds.length > 0 ? { mergedIds } : {}),
      ...known({
        email,
        name: fullName(of.get('firstname'), of.get('lastname')),
        language: readLanguage(of.get('hs_language')),
        timeZone: readTimeZone(of.get('hs_timezone')),
        optedOut: readFlag(of.get('hs_email_optout')),
        undeliverable: readFlag(of.get('hs_email_bad_address')),
        company: of.get('company'),
        doNotSurvey: doNotSurvey === undefined ? undefined : readFlag(of.get(doNotSurvey)),
        properties: further.length === 0 ? undefined : chosen(of, further),
        personKey: personKey === undefined ? undefined : of.get(personKey)?.trim() || undefined,
      }),
    };
  });
  return { properties, reads, with: (more) => contactReading(fields, personKey, more) };
}

export const scores = (fields: readonly AccountField[]) =>
  record.transform(({ id, properties: of }): { id: string; values: RecordValues } => ({
    id,
    values: readValues(of, fields),
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
  'hubspot_team_id',
  'hs_ticket_priority',
  'hs_ticket_category',
  'source_type',
  'first_agent_reply_date',
  'hs_num_times_contacted',
  'hs_conversations_originating_thread_id',
];

/** The history of what a ticket's stage was, which tells who or what closed it. */
export const ticketHistory = ['hs_pipeline_stage'];

/** Any value of a property over time. */
const change = z.object({ timestamp: word, sourceType: word }).transform(({ timestamp, sourceType }) => ({
  at: readInstant(timestamp)?.getTime() ?? 0,
  source: sourceType?.toUpperCase(),
}));

const stageHistory = z
  .object({ hs_pipeline_stage: rows(change) })
  .transform(({ hs_pipeline_stage: changes }) => changes.toSorted((a, b) => b.at - a.at)[0]?.source)
  .optional()
  .catch(undefined);

/** Channels in which an agent's reply is counted: a call or a visit has none. */
const channelsWithReplies = new Set(['EMAIL', 'CHAT', 'FORM']);

export const ticket = record
  .extend({ propertiesWithHistory: stageHistory })
  .transform(({ id, properties: of, propertiesWithHistory: stageSource, createdAt, updatedAt, archived }) => ({
    id,
    archived: archived ?? false,
    subject: of.get('subject'),
    pipeline: of.get('hs_pipeline'),
    stage: of.get('hs_pipeline_stage'),
    closedAt: readInstant(of.get('closed_date')),
    createdAt: readInstant(of.get('createdate') ?? createdAt),
    updatedAt: readInstant(of.get('hs_lastmodifieddate') ?? updatedAt),
    owner: of.get('hubspot_owner_id'),
    team: of.get('hubspot_team_id'),
    priority: of.get('hs_ticket_priority'),
    categories: listed(of.get('hs_ticket_category')),
    channel: of.get('source_type'),
    hasReply: of.has('first_agent_reply_date') || Number(of.get('hs_num_times_contacted') ?? 0) > 0,
    // Without a reply where replies are told of: an account may lack the property.
    isUnanswered:
      of.names.has('first_agent_reply_date') &&
      !of.has('first_agent_reply_date') &&
      !(Number(of.get('hs_num_times_contacted') ?? 0) > 0) &&
      channelsWithReplies.has(of.get('source_type')?.toUpperCase() ?? ''),
    threadId: of.get('hs_conversations_originating_thread_id'),
    /** Through what its stage was last changed, e.g. `CRM_UI` or `AUTOMATION_PLATFORM`. */
    stageSource,
  }));

export type FoundTicket = z.infer<typeof ticket>;

/** Who a ticket is associated with: one contact or several, at most one of them labelled as the primary one. */
const association = z
  .object({ toObjectId: id, associationTypes: z.array(z.object({ label: word.nullable() })).catch([]) })
  .transform(({ toObjectId, associationTypes }) => ({
    contactId: toObjectId,
    primary: associationTypes.some(({ label }) => /\bprimary\b/iu.test(label ?? '')),
  }));

export type Association = z.infer<typeof association>;

/** One ticket of a batch, with its contacts. */
export const associations = z
  .object({ from: z.object({ id }), to: rows(association).default([]) })
  .transform(({ from, to }) => ({ ticketId: from.id, contacts: to }));

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

// ------------------------------------------------------------------------------------------------- reading values

/** Leaves out what HubSpot did not tell. */
export function known<T extends object>(facts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function chosen(of: ReadonlyMap<string, string>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (of.has(name) ? [[name, of.get(name) ?? '']] : [])));
}

/** HubSpot separates several values by semicolons. */
function listed(raw: string | undefined): string[] {
  return (raw ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
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

/** Where a ticket began: https://developers.hubspot.com/docs/api-reference/latest/conversations/threads/get-thread */
export const thread = z
  .object({ associatedContactId: id.nullish().catch(undefined), spam: z.boolean().optional().catch(undefined) })
  .transform(({ associatedContactId, spam }) => ({ contactId: associatedContactId ?? undefined, spam: spam ?? false }));
