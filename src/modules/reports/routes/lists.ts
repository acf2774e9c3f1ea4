import { z } from 'zod';
import type { Context } from '../../../context.ts';
import { metric } from '../../../model/scale.ts';
import { ticketHandlers } from '../../../model/ticket.ts';
import { historyShown, messageShown, notesShown, recordsShown, scoreShown } from '../../../platform/http/columns.ts';
import { type ListDeclared, routesOfList } from '../../../platform/http/list.ts';
import type { Route } from '../../../platform/http/route.ts';
import { email, flag, id, requestedTime, text, wholeNumber } from '../../../platform/http/shapes.ts';
import { auditOrders, listAudit } from '../../accounts/queries/list-audit.ts';
import { contactOrders, listContacts } from '../../contacts/queries/list-contacts.ts';
import { decisionOrders, listDecisions } from '../../decisions/queries/list-decisions.ts';
import { eventOrders, listEvents } from '../../events/queries/list-events.ts';
import { invitationOrders, listInvitations } from '../../invitations/queries/list-invitations.ts';
import { listResponses, responseOrders } from '../../responses/queries/list-responses.ts';
import { asContact, asDecision, asEvent, asInvitation, asResponse, mapItems } from './as-items.ts';
import {
  auditItem,
  categoryName,
  contactItem,
  decisionItem,
  eventItem,
  invitationItem,
  invitationStatus,
  responseItem,
  responseStatus,
} from './items.ts';

const within = {
  from: requestedTime
    .optional()
    .describe('Not before this moment, or the beginning of this day in the workspace’s time zone.'),
  until: requestedTime.optional().describe('Before this moment, or the beginning of this day.'),
};

const ofTicket = {
  ticket: text(100).optional().describe('The vendor’s id of the ticket.'),
  connection: id.optional().describe('The id of a connection.'),
};

const ofContact = {
  email: email.optional().describe('One of the contact’s addresses.'),
  contact: id.optional().describe('The contact’s id.'),
};

const survey = text(64).optional().describe('The survey’s key.');

/** `GET /api/contacts`, `…/decisions`, `…/invitations`, `…/responses`, `…/events`, `…/audit`; each as a file too. */
export function listRoutes(context: Context): readonly Route[] {
  const list = <Shape extends z.ZodRawShape, Item extends z.ZodObject>(of: ListDeclared<Shape, Item>) =>
    routesOfList(context, of);

  return [
    ...list({
      path: '/contacts',
      about: 'Contacts',
      summary: 'Contacts, each with what stands on their records.',
      orders: contactOrders,
      filter: {
        ...ofTicket,
        email: ofContact.email,
        name: text(200).optional().describe('A part of their name.'),
        company: text(200).optional().describe('A part of its name.'),
        language: text(35).optional(),
        category: categoryName.optional().describe('Of their latest rating by `metric`.'),
        hasComment: flag.optional().describe('Whether they wrote one with that.'),
        hasRating: flag.optional().describe('Whether they have answered anything that counts.'),
        atRisk: flag.optional(),
        advocate: flag.optional(),
        unsubscribed: flag.optional().describe('From every survey.'),
        bounced: flag.optional(),
        doNotSurvey: flag.optional(),
        test: flag.optional(),
        metric: metric
          .optional()
          .describe('Whose rating, comment and date they are sorted and looked for by: NPS unless said.'),
      },
      item: contactItem,
      shown: { crmFields: scoreShown, records: recordsShown },
      find: async (db, workspaceId, requested, page, say) =>
        mapItems(await listContacts(db, workspaceId, requested, page), (row) => asContact(row, say)),
    }),
    ...list({
      path: '/decisions',
      about: 'Asking',
      summary: 'Who was asked, who waits, who was not, and why.',
      orders: decisionOrders,
      filter: {
        ...ofTicket,
        ...ofContact,
        survey,
        verdict: z.enum(['asked', 'waiting', 'skipped']).optional(),
        reason: text(60).optional().describe('The reason’s code, such as "quiet_period".'),
        handler: z.enum(ticketHandlers).optional().describe('Who brought the ticket to its resolution.'),
        requestedBy: text(20).optional().describe('Who wanted it, where no ticket was the occasion: "api".'),
        ...within,
      },
      item: decisionItem,
      shown: { reasonParams: [], notes: notesShown, history: historyShown },
      find: async (db, workspaceId, requested, page, say) =>
        mapItems(await listDecisions(db, workspaceId, requested, page), (row) => asDecision(row, say)),
    }),
    ...list({
      path: '/invitations',
      about: 'Asking',
      summary: 'What was sent, or is about to be.',
      orders: invitationOrders,
      filter: {
        ...ofTicket,
        ...ofContact,
        survey,
        status: invitationStatus.optional(),
        waiting: flag.optional().describe('Whether its mail is due and something holds it back.'),
        language: text(35).optional(),
        requestedBy: text(20).optional(),
        test: flag.optional(),
        ...within,
      },
      item: invitationItem,
      shown: {
        waitingFor: messageShown('Waiting for', 'waitingFor'),
        endReason: messageShown('End reason', 'endReason'),
      },
      find: async (db, workspaceId, requested, page, say) =>
        mapItems(await listInvitations(db, workspaceId, requested, page), (row) => asInvitation(row, say)),
    }),
    ...list({
      path: '/responses',
      about: 'Answers',
      summary: 'What contacts answered.',
      orders: responseOrders,
      filter: {
        ...ofTicket,
        ...ofContact,
        survey,
        metric: metric.optional(),
        status: responseStatus.optional(),
        category: categoryName.optional(),
        ratingFrom: wholeNumber.min(0).max(10).optional(),
        ratingUntil: wholeNumber.min(0).max(10).optional(),
        hasComment: flag.optional(),
        search: text(200).optional().describe('Words in the comment, whatever their case.'),
        agent: text(200).optional().describe('Who had the ticket, by name.'),
        group: text(200).optional(),
        handler: z.enum(ticketHandlers).optional().describe('Who brought the ticket to its resolution.'),
        tag: text(200).optional().describe('A tag that the ticket had.'),
        channel: text(40).optional().describe('The way by which they answered.'),
        language: text(35).optional(),
        onRecord: flag.optional().describe('Whether it counts on the contact’s records.'),
        mayContact: flag.optional().describe('Whether they may be contacted about it.'),
        beforeReopening: flag.optional(),
        test: flag.optional(),
        ...within,
      },
      item: responseItem,
      shown: {
        statusReason: messageShown('Status reason', 'statusReason'),
        ticketMark: messageShown('Ticket mark', 'ticketMark'),
        records: recordsShown,
      },
      find: async (db, workspaceId, requested, page, say) =>
        mapItems(await listResponses(db, workspaceId, requested, page), (row) => asResponse(row, say)),
    }),
    ...list({
      path: '/events',
      about: 'Connections',
      summary: 'What the connected systems said, and what came of it.',
      orders: eventOrders,
      filter: {
        ...ofTicket,
        kind: text(40).optional(),
        object: text(100).optional().describe('The vendor’s id of what it is about.'),
        outcome: text(60).optional().describe('The code of what came of it, such as "ticket_reopened".'),
        waiting: flag.optional().describe('Whether it is still to be looked at.'),
        ...within,
      },
      item: eventItem,
      shown: { outcome: messageShown('Outcome', 'outcome') },
      find: async (db, workspaceId, requested, page, say) =>
        mapItems(await listEvents(db, workspaceId, requested, page), (row) => asEvent(row, say)),
    }),
    ...list({
      path: '/audit',
      about: 'Access',
      summary: 'Who changed what.',
      scope: 'admin',
      orders: auditOrders,
      filter: {
        actor: text(100).optional().describe('A user’s or a key’s id, or "environment".'),
        action: text(60).optional(),
        subject: text(100).optional(),
        ...within,
      },
      item: auditItem,
      find: listAudit,
    }),
  ];
}
