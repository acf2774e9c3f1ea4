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
    summary: 'Contacts, each with what stands on their records.',
    orders: contactOrders,
    filter: {
      ...ticketFilter,
      email: contactFilter.email,
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
  });
}
