import { Router } from 'express';
import type { Account } from './account.ts';
import { admitAdmins } from './authentication.ts';
import { exportPage, exportParameters } from './export-pages.ts';
import type { RateLimits } from './rate-limits.ts';
import { readQuery, readSideloads } from './reading.ts';
import { showPeople, showTicket } from './tickets.ts';

export function createTicketExportRoutes(account: Account, limits: RateLimits): Router {
  const routes = Router();
  const address = `${account.baseUrl}/api/v2/incremental/tickets/cursor.json`;

  routes.get('/incremental/tickets/cursor', admitAdmins, limits.exports, (request, response) => {
    // node-zendesk adds page[size] to every incremental call, and Zendesk overlooks it.
    const query = readQuery(request, [...exportParameters, 'page[size]']);
    const included = readSideloads(query, ['users']);
    const { page, envelope } = exportPage(account.tickets.values(), query, { now: account.clock(), address });
    response.json({
      tickets: page.map((ticket) => showTicket(account, ticket)),
      ...(included.has('users') ? { users: showPeople(account, page) } : {}),
      ...envelope,
    });
  });

  return routes;
}
