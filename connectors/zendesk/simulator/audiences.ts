import { Router } from 'express';
import type { Account, Ticket, User } from './account.ts';
import { admitAdmins } from './authentication.ts';
import { exportPage, exportParameters } from './export-pages.ts';
import { listPage, pageParameters } from './pagination.ts';
import type { RateLimits } from './rate-limits.ts';
import { readId, readQuery } from './reading.ts';
import { invalidRequest, recordNotFound } from './refusals.ts';
import { showTicket } from './tickets.ts';
import { showUser } from './users.ts';

/** Lists that lead to contacts: views of tickets, the export of a search, and the export of what changed. */
export function createAudienceRoutes(
  account: Account,
  views: ReadonlyMap<number, readonly Ticket[]>,
  limits: RateLimits,
): Router {
  const routes = Router();

  routes.get('/views/:id/tickets', (request, response) => {
    const query = readQuery(request, pageParameters);
    const tickets = views.get(readId(request.params.id));
    if (!tickets) throw recordNotFound();
    const address = `${account.baseUrl}/api/v2/views/${request.params.id}/tickets.json`;
    const { items, envelope } = listPage(tickets, query, address);
    response.json({ tickets: items.map((ticket) => showTicket(account, ticket)), ...envelope });
  });

  routes.get('/search/export', limits.searchExports, (request, response) => {
    const query = readQuery(request, ['query', 'filter[type]', 'page[size]', 'page[after]']);
    if (query.get('filter[type]') !== 'user') throw invalidRequest('filter[type]', 'Only users are found here.');
    const found = search(account, query.get('query') ?? '');
    const { items, envelope } = listPage(found, query, `${account.baseUrl}/api/v2/search/export.json`);
    response.json({
      results: items.map((user) => ({ ...showUser(account, user), result_type: 'user' })),
      facets: null,
      ...envelope,
    });
  });

  routes.get('/incremental/users/cursor', admitAdmins, limits.userExports, (request, response) => {
    const query = readQuery(request, exportParameters);
    const address = `${account.baseUrl}/api/v2/incremental/users/cursor.json`;
    const { page, envelope } = exportPage(account.users.values(), query, { now: account.clock(), address });
    response.json({ users: page.map((user) => showUser(account, user)), ...envelope });
  });

  return routes;
}

/** Of Zendesk's search language: words of a name, `role:`, and days on either side of a field's or a time's day. */
function search(account: Account, query: string): readonly User[] {
  const conditions = query
    .split(' ')
    .filter(Boolean)
    .map((term) => conditionOf(term));
  return [...account.users.values()].filter((user) => user.active && conditions.every((matches) => matches(user)));
}

function conditionOf(term: string): (user: User) => boolean {
  const [, key = '', operator = '', value = ''] = /^(\w+)(>=|<=|:)(\S+)$/.exec(term) ?? [];
  if (operator === '') return ({ name }) => name.toLowerCase().split(' ').includes(term.toLowerCase());
  if (operator === ':' && key === 'role') return ({ role }) => role === value;
  if (operator === ':') throw invalidRequest('query', `${key} is not understood here.`);
  return (user) => {
    const day = dayOf(user, key);
    return day !== undefined && (operator === '>=' ? day >= value : day <= value);
  };
}

function dayOf(user: User, key: string): string | undefined {
  if (key === 'created') return user.createdAt.toISOString().slice(0, 10);
  if (key === 'updated') return user.updatedAt.toISOString().slice(0, 10);
  const value = user.values.get(key);
  return typeof value === 'string' ? value.slice(0, 10) : undefined;
}
