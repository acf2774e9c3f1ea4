import { z } from 'zod';
import { requesterRules, ticketHandlers } from '../../model/ticket.ts';
import { ticketShape } from '../../platform/http/filters.ts';
import type { RowOf } from '../../platform/http/list.ts';
import { asMessage, asReason, messageShape, reasonParams } from '../../platform/http/messages.ts';
import { id, utcTimestamp } from '../../platform/http/shapes.ts';
import type { Render } from '../../platform/messages/render.ts';
import type { listDecisions } from './queries/list-decisions.ts';

export const verdictShape = z.enum(['asked', 'waiting', 'skipped']);

/** A decision's reason: its code, what its sentence names, and the sentence. */
export const reasonShape = {
  reasonCode: z.string(),
  reasonParams,
  message: z.string(),
};

export const decisionItem = z
  .strictObject({
    id,
    ...ticketShape,
    resolution: z
      .int()
      .nullable()
      .describe('Number of the resolution: 1 when the ticket was resolved for the first time.'),
    resolvedAt: utcTimestamp.nullable(),
    handler: z.enum(ticketHandlers).nullable().describe('Who resolved the ticket.'),
    requesterBy: z
      .enum(requesterRules)
      .nullable()
      .describe('If the ticket has several contacts: the rule that chose this one as the requester.'),
    requestedBy: z.string().nullable().describe('Source of the survey request. Null if the cause is a ticket.'),
    survey: z.string().nullable(),
    contact: id.nullable(),
    name: z.string().nullable(),
    verdict: verdictShape,
    ...reasonShape,
    notes: z.array(messageShape).describe('Rules that could not be applied, and assumptions.'),
    decidedAt: utcTimestamp,
    history: z.array(z.strictObject({ verdict: verdictShape, ...reasonShape, at: z.iso.datetime({ offset: true }) })),
  })
  .meta({ id: 'Decision' });

/** A decision as the API tells it. */
export function asDecision(row: RowOf<typeof listDecisions>, say: Render) {
  const { reason, reasonParams, notes, history, ...others } = row;
  return {
    ...others,
    ...asReason({ reason, reasonParams }, say),
    notes: notes.map((note) => asMessage('decisions', note, say)),
    history: history.map(({ verdict, at, ...one }) => ({ verdict, at, ...asReason(one, say) })),
  };
}
