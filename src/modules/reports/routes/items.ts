import { z } from 'zod';
import { metric } from '../../../model/scale.ts';
import { requesterRules, ticketHandlers } from '../../../model/ticket.ts';
import { messageShape, reasonParams } from '../../../platform/http/messages.ts';
import { id, timestamp } from '../../../platform/http/shapes.ts';

/** What a contact's record in one system shows. */
const record = z
  .strictObject({
    connector: z.string(),
    connection: id,
    record: z.string().nullable().describe('The vendor’s id of it.'),
    state: z.enum(['wanted', 'present', 'absent', 'gone', 'ambiguous']),
    outcome: messageShape.nullable().describe('What became of the last write.'),
    upToDate: z.boolean(),
  })
  .meta({ id: 'Record' });

const ofTicket = {
  connector: z.string().nullable(),
  connection: id.nullable(),
  ticket: z.string().nullable().describe('The vendor’s id of the ticket; null where none was the occasion.'),
};

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
    unsubscribedAt: timestamp.nullable(),
    bouncedAt: timestamp.nullable().describe('When emails bounced, where they have no other address.'),
    complainedAt: timestamp.nullable().describe('Likewise, when they marked an email as spam.'),
    lastAskedAt: timestamp.nullable(),
    createdAt: timestamp,
    crmFields: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .nullable()
      .describe('What should stand on their records, by field.'),
    records: z.array(record),
  })
  .meta({ id: 'Contact' });

export const verdict = z.enum(['asked', 'waiting', 'skipped']);

/** A decision's reason: its code, what its sentence names, and the sentence. */
export const reason = {
  reasonCode: z.string(),
  reasonParams,
  message: z.string(),
};

export const decisionItem = z
  .strictObject({
    id,
    ...ofTicket,
    resolution: z.int().nullable().describe('The how-manieth time it was resolved.'),
    resolvedAt: timestamp.nullable(),
    handler: z.enum(ticketHandlers).nullable().describe('Who brought the ticket to its resolution.'),
    requesterBy: z
      .enum(requesterRules)
      .nullable()
      .describe('Where several contacts belong to the ticket, why this one was taken for its requester.'),
    requestedBy: z.string().nullable().describe('Who wanted it, where no ticket was the occasion.'),
    survey: z.string().nullable(),
    contact: id.nullable(),
    name: z.string().nullable(),
    verdict,
    ...reason,
    notes: z.array(messageShape).describe('Rules that could not be applied, and what was assumed.'),
    decidedAt: timestamp,
    history: z.array(z.strictObject({ verdict, ...reason, at: z.iso.datetime({ offset: true }) })),
  })
  .meta({ id: 'Decision' });

export const invitationStatus = z.enum(['scheduled', 'sent', 'answered', 'expired', 'withdrawn', 'bounced']);

export const invitationItem = z
  .strictObject({
    id: id.describe('Of the decision that it came from.'),
    ...ofTicket,
    requestedBy: z.string().nullable(),
    survey: z.string(),
    surveyVersion: z.int(),
    contact: id,
    name: z.string().nullable(),
    email: z.string(),
    language: z.string().nullable(),
    test: z.boolean(),
    status: invitationStatus,
    dueAt: timestamp.nullable().describe('When the email, or the next reminder, is to leave.'),
    waitingFor: messageShape.nullable(),
    sentAt: timestamp.nullable(),
    expiresAt: timestamp.nullable(),
    remindersSent: z.int(),
    endReason: messageShape.nullable(),
    firstIntent: z.int().nullable().describe('The number that was tapped first; not a rating yet.'),
    createdAt: timestamp,
  })
  .meta({ id: 'Invitation' });

export const responseStatus = z.enum(['pending', 'confirmed', 'unconfirmed', 'quarantined', 'retracted']);

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

export const responseItem = z
  .strictObject({
    id,
    ...ofTicket,
    survey: z.string(),
    surveyVersion: z.int(),
    contact: id,
    name: z.string().nullable(),
    metric,
    scale: z.int().describe('The highest point.'),
    rating: z.int(),
    category: categoryName,
    comment: z.string().nullable(),
    status: responseStatus,
    statusReason: messageShape.nullable(),
    confirmedBy: z.string().nullable(),
    onRecord: z.boolean().describe('Whether it counts on the contact’s records.'),
    test: z.boolean(),
    beforeReopening: z.boolean(),
    mayContact: z.boolean().nullable(),
    language: z.string().nullable(),
    channel: z.string(),
    agent: z.string().nullable(),
    group: z.string().nullable(),
    handler: z.enum(ticketHandlers).nullable().describe('Who brought the ticket to its resolution.'),
    answeredAt: timestamp,
    ratedAt: timestamp,
    changedAt: timestamp,
    ticketMark: messageShape.nullable(),
    records: z.array(record),
  })
  .meta({ id: 'Response' });

export const eventItem = z
  .strictObject({
    id: z.string(),
    connector: z.string(),
    connection: id,
    kind: z.string(),
    objectId: z.string(),
    intoId: z.string().nullable(),
    happenedAt: timestamp,
    receivedAt: timestamp,
    waiting: z.boolean(),
    attempts: z.int(),
    outcome: messageShape.nullable(),
  })
  .meta({ id: 'Event' });

export const auditItem = z
  .strictObject({
    id: z.string(),
    at: timestamp,
    actor: z.string(),
    actorName: z.string().nullable(),
    action: z.string(),
    subject: z.string(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });
