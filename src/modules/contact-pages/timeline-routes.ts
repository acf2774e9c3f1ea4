import { z } from 'zod';
import type { Message } from '../../model/messages/message.ts';
import { metric } from '../../model/scale.ts';
import { mapItems } from '../../platform/http/list.ts';
import { asMessage, asReason, messageShape, renderFor } from '../../platform/http/messages.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { byId, id, listShape, pageQuery, utcTimestamp, withoutUndefined } from '../../platform/http/shapes.ts';
import type { Areas } from '../../platform/messages/areas.ts';
import type { Render } from '../../platform/messages/render.ts';
import { categoryName, findReferencedContact } from '../contacts/index.ts';
import { reasonShape, verdictShape } from '../decisions/index.ts';
import { type InvitationsContext, invitationStatus } from '../invitations/index.ts';
import { responseStatus } from '../responses/index.ts';
import { type Happening, listTimeline } from './queries/timeline.ts';

const then = z.iso.datetime({ offset: true });

const ofTicket = {
  connector: z.string().nullable(),
  connection: id.nullable(),
  ticket: z.string().nullable(),
};

const asking = {
  decision: id.describe('ID of the decision, which also identifies the invitation.'),
  survey: z.string().nullable(),
  ...ofTicket,
};

const answer = {
  response: id,
  decision: id.nullable(),
  survey: z.string(),
  ...ofTicket,
  metric,
  scale: z.int(),
  rating: z.int(),
  category: categoryName,
  comment: z.string().nullable(),
  status: responseStatus.describe('The current status.'),
  statusReason: messageShape.nullable(),
};

const byHand = { response: id, actor: z.string(), actorName: z.string().nullable() };

const of = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.strictObject({ id: z.string(), kind: z.literal(kind), at: utcTimestamp, ...shape });

export const happening = z
  .discriminatedUnion('kind', [
    of('decided', { ...asking, verdict: verdictShape, ...reasonShape }),
    of('scheduled', {
      ...asking,
      status: invitationStatus,
      dueAt: then.nullable(),
      waitingFor: messageShape.nullable(),
    }),
    of('sent', {
      ...asking,
      status: invitationStatus,
      email: z.string(),
      language: z.string().nullable(),
      remindersSent: z.int(),
      expiresAt: then.nullable(),
    }),
    of('ended', { ...asking, status: invitationStatus, email: z.string(), endReason: messageShape.nullable() }),
    of('opened', {
      ...asking,
      times: z.int(),
      untilAt: then.describe('Timestamp of the last one. `at` is the first.'),
      tapped: z.array(z.int()).describe('Numbers that were tapped. They are not ratings yet.'),
      byPrograms: z.int().describe('How many of them were made by known programs.'),
    }),
    of('unsubscribed', { survey: z.string().nullable().describe('Null means all surveys.') }),
    of('answered', answer),
    of('changed', answer),
    of('corrected', byHand),
    of('retracted', byHand),
    of('restored', byHand),
    of('written', {
      connector: z.string(),
      connection: id,
      record: z.string().nullable(),
      state: z.enum(['searching', 'present', 'absent', 'gone', 'ambiguous']),
      outcome: messageShape.nullable(),
      upToDate: z.boolean(),
      failed: z.boolean().describe('Whether the write failed for good and is not retried until something changes.'),
    }),
    of('edited', {
      actor: z.string(),
      actorName: z.string().nullable(),
      action: z.string(),
      fields: z.array(z.string()),
    }),
  ])
  .meta({ id: 'Happening' });

/** `GET /api/contacts/:id/timeline`: everything between a contact and us, in one order. */
export function timelineRoutes(context: InvitationsContext): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/contacts/:id/timeline',
      about: 'Contacts',
      summary: 'Lists the timeline of a contact, newest first.',
      scope: 'read',
      params: byId,
      query: z.strictObject(pageQuery),
      answer: listShape(happening),
      respond: async ({ caller, language, params, query: { limit, ...requested } }) => {
        const { workspaceId } = caller;
        const say = await renderFor(context, { caller, language });
        const { id: contactId } = await findReferencedContact(context, { workspaceId, ...params });
        const page = { limit, ...withoutUndefined(requested) };
        const listed = await listTimeline(context.database.db, { workspaceId, contactId }, page);
        return mapItems(listed, (one) => inWords(one, say)) as never;
      },
    }),
  ];
}

/** With the words of what it holds as codes. */
function inWords(
  { reasonCode, reasonParams, waitingFor, endReason, statusReason, outcome, ...one }: Happening,
  say: Render,
) {
  const told = (of: unknown, area: keyof Areas = 'decisions') => of && asMessage(area, of as Message, say);
  return {
    ...one,
    ...(reasonCode === undefined
      ? {}
      : asReason({ reason: String(reasonCode), reasonParams: reasonParams as object }, say)),
    ...(waitingFor === undefined ? {} : { waitingFor: told(waitingFor) }),
    ...(endReason === undefined ? {} : { endReason: told(endReason) }),
    ...(statusReason === undefined ? {} : { statusReason: told(statusReason, 'evidence') }),
    ...(outcome === undefined ? {} : { outcome: told(outcome, 'writes') }),
  };
}
