import { z } from 'zod';
import { ticketHandlers } from '../../model/ticket.ts';
import { historyShown, notesShown } from '../../platform/http/columns.ts';
import { contactFilter, surveyFilter, ticketFilter, timeFilter } from '../../platform/http/filters.ts';
import { mapItems, routesOfList } from '../../platform/http/list.ts';
import type { Route } from '../../platform/http/route.ts';
import { text } from '../../platform/http/shapes.ts';
import type { ContactsContext } from '../contacts/index.ts';
import { asDecision, decisionItem } from './items.ts';
import { decisionOrders, listDecisions } from './queries/list-decisions.ts';

/** `GET /api/decisions`, also as files. */
export function decisionListRoutes(context: ContactsContext): readonly Route[] {
  return routesOfList(context, {
    path: '/decisions',
    about: 'Asking',
    summary: 'Lists decisions.',
    orders: decisionOrders,
    filter: {
      ...ticketFilter,
      ...contactFilter,
      survey: surveyFilter,
      verdict: z.enum(['asked', 'waiting', 'skipped']).optional(),
      reason: text(60).optional().describe('Code of the reason, such as "quiet_period".'),
      handler: z.enum(ticketHandlers).optional().describe('Who resolved the ticket.'),
      requestedBy: text(20).optional().describe('Source of the survey request, such as "api".'),
      ...timeFilter,
    },
    item: decisionItem,
    shown: { reasonParams: [], notes: notesShown, history: historyShown },
    find: async (db, workspaceId, requested, page, say) =>
      mapItems(await listDecisions(db, workspaceId, requested, page), (row) => asDecision(row, say)),
  });
}
