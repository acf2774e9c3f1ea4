import { messageShown } from '../../../platform/http/columns.ts';
import { contactFilter, surveyFilter, ticketFilter, timeFilter } from '../../../platform/http/filters.ts';
import { mapItems, routesOfList } from '../../../platform/http/list.ts';
import type { Route } from '../../../platform/http/route.ts';
import { flag, text } from '../../../platform/http/shapes.ts';
import type { InvitationsContext } from '../context.ts';
import { asInvitation, invitationItem, invitationStatus } from '../items.ts';
import { invitationOrders, listInvitations } from '../queries/list-invitations.ts';

/** `GET /api/invitations`, also as files. */
export function invitationListRoutes(context: InvitationsContext): readonly Route[] {
  return routesOfList(context, {
    path: '/invitations',
    about: 'Asking',
    summary: 'Lists invitations.',
    orders: invitationOrders,
    filter: {
      ...ticketFilter,
      ...contactFilter,
      survey: surveyFilter,
      status: invitationStatus.optional(),
      waiting: flag.optional().describe('Whether the email is due but deferred.'),
      language: text(35).optional(),
      requestedBy: text(20).optional(),
      test: flag.optional(),
      ...timeFilter,
    },
    item: invitationItem,
    shown: {
      waitingFor: messageShown('Waiting for', 'waitingFor'),
      endReason: messageShown('End reason', 'endReason'),
    },
    find: async (db, workspaceId, requested, page, say) =>
      mapItems(await listInvitations(db, workspaceId, requested, page), (row) => asInvitation(row, say)),
  });
}
