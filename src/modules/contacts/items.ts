import { z } from 'zod';
import type { RowOf } from '../../platform/http/list.ts';
import { asMessage, messageShape } from '../../platform/http/messages.ts';
import { id, utcTimestamp } from '../../platform/http/shapes.ts';
import type { Render } from '../../platform/messages/render.ts';
import type { listContacts } from './queries/list-contacts.ts';
import type { RecordLinkShown } from './queries/listed-records.ts';

/** What a contact's record in one system shows. */
export const recordShape = z
  .strictObject({
    connector: z.string(),
    connection: id,
    record: z.string().nullable().describe('ID of the record in the vendor’s system.'),
    state: z.enum(['searching', 'present', 'absent', 'gone', 'ambiguous']),
    outcome: messageShape.nullable().describe('Outcome of the last write.'),
    upToDate: z.boolean(),
  })
  .meta({ id: 'Record' });

export const categoryName = z.enum([
  'promoter',
  'passive',
  'detractor',
  'positive',
  'neutral',
  'negative',
  'easy',
  'hard',
]);

export const contactItem = z
  .strictObject({
    id,
    name: z.string().nullable(),
    emails: z.array(z.string()),
    language: z.string().nullable(),
    timeZone: z.string().nullable(),
    company: z.string().nullable(),
    test: z.boolean().describe('Whether this is a test contact: surveyed immediately, never counted.'),
    doNotSurvey: z.boolean().describe('Whether the contact must not be surveyed: set here or on any of their records.'),
    unsubscribedAt: utcTimestamp.nullable(),
    bouncedAt: utcTimestamp.nullable().describe('When an email bounced, if the contact has no other address.'),
    complainedAt: utcTimestamp
      .nullable()
      .describe('When the contact marked an email as spam, if they have no other address.'),
    lastAskedAt: utcTimestamp.nullable(),
    createdAt: utcTimestamp,
    crmFields: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .nullable()
      .describe('Values that the contact’s records should have, by field.'),
    records: z.array(recordShape),
  })
  .meta({ id: 'Contact' });

/** A contact as the API tells it. */
export function asContact({ records, ...row }: RowOf<typeof listContacts>, say: Render) {
  return { ...row, records: records.map((record) => asRecord(record, say)) };
}

/** What the API tells of a record. */
export function asRecord({ outcome, ...record }: RecordLinkShown, say: Render) {
  return { ...record, outcome: outcome && asMessage('writes', outcome, say) };
}
