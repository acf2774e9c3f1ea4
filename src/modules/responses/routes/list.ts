import { z } from 'zod';
import { metric } from '../../../model/scale.ts';
import { ticketHandlers } from '../../../model/ticket.ts';
import { messageShown, recordsShown } from '../../../platform/http/columns.ts';
import { contactFilter, surveyFilter, ticketFilter, timeFilter } from '../../../platform/http/filters.ts';
import { mapItems, routesOfList } from '../../../platform/http/list.ts';
import type { Route } from '../../../platform/http/route.ts';
import { flag, text, wholeNumber } from '../../../platform/http/shapes.ts';
import { categoryName } from '../../contacts/index.ts';
import type { ResponsesContext } from '../context.ts';
import { asResponse, responseItem, responseStatus } from '../items.ts';
import { listResponses, responseOrders } from '../queries/list-responses.ts';

/** `GET /api/responses`, also as files. */
export function responseListRoutes(context: ResponsesContext): readonly Route[] {
  return routesOfList(context, {
    path: '/responses',
    about: 'Answers',
    summary: 'Lists responses.',
    orders: responseOrders,
    filter: {
      ...ticketFilter,
      ...contactFilter,
      survey: surveyFilter,
      metric: metric.optional(),
      status: responseStatus.optional(),
      category: categoryName.optional(),
      ratingFrom: wholeNumber.min(0).max(10).optional(),
      ratingUntil: wholeNumber.min(0).max(10).optional(),
      hasComment: flag.optional(),
      search: text(200).optional().describe('Text in the comment. Not case-sensitive.'),
      agent: text(200).optional().describe('Name of the agent who had the ticket.'),
      group: text(200).optional(),
      handler: z.enum(ticketHandlers).optional().describe('Who resolved the ticket.'),
      tag: text(200).optional().describe('Tag of the ticket.'),
      channel: text(40).optional().describe('Channel of the response.'),
      language: text(35).optional(),
      onRecord: flag.optional().describe('Whether the response counts and is written to the contact’s records.'),
      mayContact: flag.optional().describe('Whether the customer may be contacted about the response.'),
      beforeReopening: flag.optional(),
      test: flag.optional(),
      ...timeFilter,
    },
    item: responseItem,
    shown: {
      statusReason: messageShown('Status reason', 'statusReason'),
      ticketMark: messageShown('Ticket mark', 'ticketMark'),
      records: recordsShown,
    },
    find: async (db, workspaceId, requested, page, say) =>
      mapItems(await listResponses(db, workspaceId, requested, page), (row) => asResponse(row, say)),
  });
}
