import { z } from 'zod';
import { ticketShape } from '../../platform/http/filters.ts';
import type { RowOf } from '../../platform/http/list.ts';
import { asMessage, messageShape } from '../../platform/http/messages.ts';
import { id, utcTimestamp } from '../../platform/http/shapes.ts';
import type { Render } from '../../platform/messages/render.ts';
import type { listInvitations } from './queries/list-invitations.ts';

export const invitationStatus = z.enum(['scheduled', 'sent', 'answered', 'expired', 'withdrawn', 'bounced']);

export const invitationItem = z
  .strictObject({
    id: id.describe('ID of the decision that led to the invitation.'),
    ...ticketShape,
    requestedBy: z.string().nullable(),
    survey: z.string(),
    surveyVersion: z.int(),
    contact: id,
    name: z.string().nullable(),
    email: z.string(),
    language: z.string().nullable(),
    test: z.boolean(),
    status: invitationStatus,
    dueAt: utcTimestamp.nullable().describe('When the email or the next reminder is due.'),
    waitingFor: messageShape.nullable(),
    sentAt: utcTimestamp.nullable(),
    expiresAt: utcTimestamp.nullable(),
    remindersSent: z.int(),
    endReason: messageShape.nullable(),
    firstIntent: z.int().nullable().describe('The number that was tapped first. It is not a rating yet.'),
    createdAt: utcTimestamp,
  })
  .meta({ id: 'Invitation' });

/** An invitation as the API tells it. */
export function asInvitation({ waitingFor, endReason, ...row }: RowOf<typeof listInvitations>, say: Render) {
  return {
    ...row,
    waitingFor: waitingFor && asMessage('decisions', waitingFor, say),
    endReason: endReason && asMessage('decisions', endReason, say),
  };
}
