import { z } from 'zod';
import { metric } from '../../model/scale.ts';
import { ticketHandlers } from '../../model/ticket.ts';
import { ticketShape } from '../../platform/http/filters.ts';
import type { RowOf } from '../../platform/http/list.ts';
import { asMessage, messageShape } from '../../platform/http/messages.ts';
import { id, utcTimestamp } from '../../platform/http/shapes.ts';
import type { Render } from '../../platform/messages/render.ts';
import { asRecord, categoryName, recordShape } from '../contacts/index.ts';
import type { listResponses } from './queries/list-responses.ts';

export const responseStatus = z.enum(['pending', 'confirmed', 'unconfirmed', 'quarantined', 'retracted']);

export const responseItem = z
  .strictObject({
    id,
    ...ticketShape,
    survey: z.string(),
    surveyVersion: z.int(),
    contact: id,
    name: z.string().nullable(),
    metric,
    scale: z.int().describe('Highest point of the scale.'),
    rating: z.int(),
    category: categoryName,
    comment: z.string().nullable(),
    status: responseStatus,
    statusReason: messageShape.nullable(),
    confirmedBy: z.string().nullable(),
    onRecord: z.boolean().describe('Whether the response counts and is written to the contact’s records.'),
    test: z.boolean(),
    beforeReopening: z.boolean(),
    mayContact: z.boolean().nullable(),
    language: z.string().nullable(),
    channel: z.string(),
    agent: z.string().nullable(),
    group: z.string().nullable(),
    handler: z.enum(ticketHandlers).nullable().describe('Who resolved the ticket.'),
    answeredAt: utcTimestamp,
    ratedAt: utcTimestamp,
    changedAt: utcTimestamp,
    ticketMark: messageShape.nullable(),
    records: z.array(recordShape),
  })
  .meta({ id: 'Response' });

/** An answer as the API tells it. */
export function asResponse({ statusReason, ticketMark, records, ...row }: RowOf<typeof listResponses>, say: Render) {
  return {
    ...row,
    statusReason: statusReason && asMessage('evidence', statusReason, say),
    ticketMark: ticketMark && asMessage('writes', ticketMark, say),
    records: records.map((record) => asRecord(record, say)),
  };
}
