import { z } from 'zod';
import type { AccountField } from '../../src/model/account-fields.ts';
import type { ContactSnapshot } from '../../src/model/contact.ts';
import { doNotSurveyKey, type RecordValues } from '../../src/model/crm-field-definitions.ts';
import { rows } from '../kit/answer-rows.ts';
import { fault } from './fault.ts';
import { fullName, id, word } from './shapes.ts';
import { readValues } from './values.ts';

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

/** One page of anything, with where the next one begins. */
export const page = <T>(item: z.ZodType<T>) =>
  z
    .object({
      results: rows(item).default([]),
      paging: z.object({ next: z.object({ after: id }).optional() }).nullish(),
    })
    .transform(({ results, paging }) => ({ items: results, after: paging?.next?.after }));

/** What a batch did, and what it did not: both at once when HubSpot answers 207. */
export const batch = <T>(item: z.ZodType<T>) =>
  z
    .object({ results: rows(item).default([]), errors: z.array(z.unknown()).default([]) })
    .transform(({ results, errors }) => ({ done: results, faults: errors.map((error) => fault.parse(error)) }));

// ------------------------------------------------------------------------------------------------------- contacts

export const record = z.object({ id, properties, createdAt: word, updatedAt: word, archived: z.boolean().optional() });

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
 * @param contactKey the property that the admin joins a contact’s records by
 */
export function contactReading(
  fields: readonly AccountField[],
  contactKey?: string,
  further: readonly string[] = [],
): ContactReading {
  const doNotSurvey = fields.find(({ key }) => key === doNotSurveyKey)?.name;
  const named = [doNotSurvey, contactKey].filter((name) => name !== undefined);
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
        contactKey: contactKey === undefined ? undefined : of.get(contactKey)?.trim() || undefined,
      }),
    };
  });
  return { properties, reads, with: (more) => contactReading(fields, contactKey, more) };
}

export const crmFields = (fields: readonly AccountField[]) =>
  record.transform(({ id, properties: of }): { id: string; values: RecordValues } => ({
    id,
    values: readValues(of, fields),
  }));

export const identity = z.object({ id });

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
export function listed(raw: string | undefined): string[] {
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
