import { Router } from 'express';
import type { Account, Ticket } from './account.ts';
import { admitAdmins } from './authentication.ts';
import { exportPage, exportParameters } from './export-pages.ts';
import type { RateLimits } from './rate-limits.ts';
import { readQuery, readSideloads } from './reading.ts';
import { invalidRequest } from './refusals.ts';
import { showTicket, showUsers } from './tickets.ts';

export function createTicketExportRoutes(account: Account, limits: RateLimits): Router {
  const routes = Router();
  const address = `${account.baseUrl}/api/v2/incremental/tickets/cursor.json`;

  routes.get('/incremental/tickets/cursor', admitAdmins, limits.exports, (request, response) => {
    // node-zendesk adds page[size] to every incremental call, and Zendesk overlooks it.
    const query = readQuery(request, [...exportParameters, 'support_type_scope', 'page[size]']);
    const tickets = [...account.tickets.values()].filter(inScope(query.get('support_type_scope')));
    const included = readSideloads(query, ['users']);
    const { page, envelope } = exportPage(tickets, query, { now: account.clock(), address });
    response.json({
      tickets: page.map((ticket) => showTicket(account, ticket)),
      ...(included.has('users') ? { users: showUsers(account, page) } : {}),
      ...envelope,
    });
  });

  return routes;
}

/** Tickets that AI agents have are told only to those who ask for them. */
function inScope(scope: string | null): (ticket: Ticket) => boolean {
  const requested = scope ?? 'agent';
  if (!['all', 'agent', 'ai_agent'].includes(requested))
    throw invalidRequest('support_type_scope', 'It has to be one of all, agent, ai_agent.');
  return ({ supportType }) => requested === 'all' || requested === supportType;
}
