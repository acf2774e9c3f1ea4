import { z } from 'zod';
import { messageShown } from '../../../platform/http/columns.ts';
import { ticketFilter, timeFilter } from '../../../platform/http/filters.ts';
import { mapItems, type RowOf, routesOfList } from '../../../platform/http/list.ts';
import { asMessage, messageShape } from '../../../platform/http/messages.ts';
import type { Route } from '../../../platform/http/route.ts';
import { flag, id, text, utcTimestamp } from '../../../platform/http/shapes.ts';
import type { Render } from '../../../platform/messages/render.ts';
import type { EventsContext } from '../context.ts';
import { eventOrders, listEvents } from '../queries/list-events.ts';

export const eventItem = z
  .strictObject({
    id: z.string(),
    connector: z.string(),
    connection: id,
    kind: z.string(),
    objectId: z.string(),
    intoId: z.string().nullable(),
    happenedAt: utcTimestamp,
    receivedAt: utcTimestamp,
    waiting: z.boolean(),
    attempts: z.int(),
    outcome: messageShape.nullable(),
  })
  .meta({ id: 'Event' });

/** `GET /api/events`, also as files. */
export function eventListRoutes(context: EventsContext): readonly Route[] {
  return routesOfList(context, {
    path: '/events',
    about: 'Connections',
    summary: 'Lists events with their outcomes.',
    orders: eventOrders,
    filter: {
      ...ticketFilter,
      kind: text(40).optional(),
      object: text(100).optional().describe('ID of the ticket or record in the vendor’s system.'),
      outcome: text(60).optional().describe('Code of the outcome, such as "ticket_reopened".'),
      waiting: flag.optional().describe('Whether the event is still to be processed.'),
      ...timeFilter,
    },
    item: eventItem,
    shown: { outcome: messageShown('Outcome', 'outcome') },
    find: async (db, workspaceId, requested, page, say) =>
      mapItems(await listEvents(db, workspaceId, requested, page), (row) => asEvent(row, say)),
  });
}

/** An event of a connected system as the API tells it. */
function asEvent({ outcome, ...row }: RowOf<typeof listEvents>, say: Render) {
  return { ...row, outcome: outcome && asMessage('events', outcome, say) };
}
