import { metric } from '../../../model/scale.ts';
import { recordsShown, scoreShown } from '../../../platform/http/columns.ts';
import { contactFilter, ticketFilter } from '../../../platform/http/filters.ts';
import { mapItems, routesOfList } from '../../../platform/http/list.ts';
import type { Route } from '../../../platform/http/route.ts';
import { flag, text } from '../../../platform/http/shapes.ts';
import type { ContactsContext } from '../context.ts';
import { asContact, categoryName, contactItem } from '../items.ts';
import { contactOrders, listContacts } from '../queries/list-contacts.ts';

/** `GET /api/contacts`, also as files. */
export function contactListRoutes(context: ContactsContext): readonly Route[] {
  return routesOfList(context, {
    path: '/contacts',
    about: 'Contacts',
    summary: 'Lists contacts with their CRM fields.',
    orders: contactOrders,
    filter: {
      ...ticketFilter,
      email: contactFilter.email,
      name: text(200).optional().describe('Part of the contact’s name.'),
      company: text(200).optional().describe('Part of the company’s name.'),
      language: text(35).optional(),
      category: categoryName.optional().describe('Category of the latest rating by `metric`.'),
      hasComment: flag.optional().describe('Whether the latest rating has a comment.'),
      hasRating: flag.optional().describe('Whether the contact has a response that counts.'),
      atRisk: flag.optional(),
      advocate: flag.optional(),
      unsubscribed: flag.optional().describe('Whether the contact unsubscribed from all surveys.'),
      bounced: flag.optional(),
      doNotSurvey: flag.optional(),
      test: flag.optional(),
      metric: metric
        .optional()
        .describe('Metric of the rating, comment and date to filter and sort by. NPS by default.'),
    },
    item: contactItem,
    shown: { crmFields: scoreShown, records: recordsShown },
    find: async (db, workspaceId, requested, page, say) =>
      mapItems(await listContacts(db, workspaceId, requested, page), (row) => asContact(row, say)),
  });
}
