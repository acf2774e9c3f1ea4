import { z } from 'zod';
import type { Scope } from '../../access/scopes.ts';
import { metric } from '../../domain/survey/scale.ts';
import type { Context } from '../../flows/context.ts';
import { auditOrders, listAudit } from '../../store/listings/audit.ts';
import { contactOrders, listContacts } from '../../store/listings/contacts.ts';
import { decisionOrders, listDecisions } from '../../store/listings/decisions.ts';
import { invitationOrders, listInvitations } from '../../store/listings/invitations.ts';
import { listNotices, noticeOrders } from '../../store/listings/notices.ts';
import type { Listed, Page } from '../../store/listings/page.ts';
import { listResponses, responseOrders } from '../../store/listings/responses.ts';
import {
  auditItem,
  categoryName,
  contactItem,
  decisionItem,
  invitationItem,
  invitationStatus,
  noticeItem,
  responseItem,
  responseStatus,
} from './items.ts';
import { type Plain, type Route, route } from './route.ts';
import {
  email,
  flag,
  type Given,
  id,
  listOf,
  pageQuery,
  text,
  wholeNumber,
  wishedMoment,
  withoutUndefined,
} from './shapes.ts';

const within = {
  from: wishedMoment.optional().describe('Not before this moment.'),
  until: wishedMoment.optional().describe('Before this moment.'),
};

const ofTicket = {
  ticket: text(100).optional().describe('The vendor’s id of the ticket.'),
  connection: id.optional().describe('The id of a connection.'),
};

const ofPerson = {
  email: email.optional().describe('One of the person’s addresses.'),
  contact: id.optional().describe('The person’s id.'),
};

const survey = text(64).optional().describe('The survey’s key.');

type ListDeclared<Shape extends z.ZodRawShape, Item extends z.ZodType> = {
  path: string;
  about: string;
  summary: string;
  scope?: Scope;
  /** What it can be sorted by. */
  orders: readonly [string, ...string[]];
  /** What can be looked for in it. */
  filter: Shape;
  item: Item;
  find(
    db: Context['database']['db'],
    workspaceId: string,
    filter: Given<z.output<z.ZodObject<Shape>>>,
    page: Page,
  ): Promise<Listed<Plain<z.output<Item>>>>;
};

/** `GET /api/contacts`, `…/decisions`, `…/invitations`, `…/responses`, `…/notices`, `…/audit`. */
export function listRoutes({ database }: Context): readonly Route[] {
  function list<Shape extends z.ZodRawShape, Item extends z.ZodType>(of: ListDeclared<Shape, Item>): Route {
    const { path, about, summary, scope = 'read', orders, filter, item, find } = of;
    return route({
      method: 'get',
      path,
      about,
      summary,
      scope,
      query: z.strictObject({ ...pageQuery(orders), ...filter } as z.ZodRawShape),
      answer: listOf(item),
      respond: async ({ caller, query }) => {
        const { limit, cursor, sort, ...wished } = query as Page;
        const page = { limit, ...withoutUndefined({ cursor, sort }) };
        const found = await find(database.db, caller.workspaceId, withoutUndefined(wished) as never, page);
        return found as never;
      },
    });
  }

  return [
    list({
      path: '/contacts',
      about: 'People',
      summary: 'People, each with what stands on their records.',
      orders: contactOrders,
      filter: {
        ...ofTicket,
        email: ofPerson.email,
        name: text(200).optional().describe('A part of their name.'),
        language: text(35).optional(),
        hasScore: flag.optional().describe('Whether they have answered anything that counts.'),
        atRisk: flag.optional(),
        advocate: flag.optional(),
        unsubscribed: flag.optional().describe('From every survey.'),
        bounced: flag.optional(),
        doNotSurvey: flag.optional(),
        test: flag.optional(),
        metric: metric.optional().describe('Whose rating, comment and date they are sorted by: NPS unless said.'),
      },
      item: contactItem,
      find: listContacts,
    }),
    list({
      path: '/decisions',
      about: 'Asking',
      summary: 'Who was asked, who waits, who was not, and why.',
      orders: decisionOrders,
      filter: {
        ...ofTicket,
        ...ofPerson,
        survey,
        verdict: z.enum(['asked', 'waiting', 'withheld']).optional(),
        reason: text(60).optional().describe('The reason’s code, such as "quiet_period".'),
        ...within,
      },
      item: decisionItem,
      find: listDecisions,
    }),
    list({
      path: '/invitations',
      about: 'Asking',
      summary: 'What was sent, or is about to be.',
      orders: invitationOrders,
      filter: {
        ...ofTicket,
        ...ofPerson,
        survey,
        status: invitationStatus.optional(),
        test: flag.optional(),
        ...within,
      },
      item: invitationItem,
      find: listInvitations,
    }),
    list({
      path: '/responses',
      about: 'Answers',
      summary: 'What people answered.',
      orders: responseOrders,
      filter: {
        ...ofTicket,
        ...ofPerson,
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
        language: text(35).optional(),
        test: flag.optional(),
        ...within,
      },
      item: responseItem,
      find: listResponses,
    }),
    list({
      path: '/notices',
      about: 'Connections',
      summary: 'What the connected systems said, and what came of it.',
      orders: noticeOrders,
      filter: {
        ...ofTicket,
        kind: text(40).optional(),
        waiting: flag.optional().describe('Whether it is still to be looked at.'),
        ...within,
      },
      item: noticeItem,
      find: listNotices,
    }),
    list({
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
