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
    record: z.string().nullable().describe('The vendor’s id of it.'),
    state: z.enum(['wanted', 'present', 'absent', 'gone', 'ambiguous']),
    outcome: messageShape.nullable().describe('What became of the last write.'),
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
    test: z.boolean().describe('One of our own: asked at once, never counted.'),
    doNotSurvey: z.boolean().describe('Whether somebody here said so, or any of their records does.'),
    unsubscribedAt: utcTimestamp.nullable(),
    bouncedAt: utcTimestamp.nullable().describe('When emails bounced, where they have no other address.'),
    complainedAt: utcTimestamp.nullable().describe('Likewise, when they marked an email as spam.'),
    lastAskedAt: utcTimestamp.nullable(),
    createdAt: utcTimestamp,
    crmFields: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .nullable()
      .describe('What should stand on their records, by field.'),
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
