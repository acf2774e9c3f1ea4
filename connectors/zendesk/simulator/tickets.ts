import { Router } from 'express';
import { type Account, type Ticket, timestamp } from './account.ts';
import { type Attributes, readId, readIds, readQuery, readSideloads } from './reading.ts';
import { recordNotFound } from './refusals.ts';
import { showUser } from './users.ts';

const sideloads = ['users', 'groups', 'organizations', 'metric_sets'] as const;

/** @see https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/ */
export function createTicketRoutes(account: Account): Router {
  const routes = Router();

  routes.get('/tickets/show_many', (request, response) => {
    const query = readQuery(request, ['ids', 'include']);
    const included = readSideloads(query, sideloads);
    const ids = [...new Set(readIds(query.get('ids')))];
    const tickets = ids.flatMap((id) => account.tickets.get(id) ?? []).filter(({ status }) => status !== 'deleted');
    response.json({
      tickets: tickets.map((ticket) => showWithMetrics(ticket, included)),
      ...showSideloads(tickets, included),
      count: tickets.length,
      next_page: null,
      previous_page: null,
    });
  });

  routes.get('/tickets/:id', (request, response) => {
    const included = readSideloads(readQuery(request, ['include']), sideloads);
    const ticket = account.tickets.get(readId(request.params.id));
    if (!ticket || ticket.status === 'deleted') throw recordNotFound();
    response.json({ ticket: showWithMetrics(ticket, included), ...showSideloads([ticket], included) });
  });

  function showWithMetrics(ticket: Ticket, included: ReadonlySet<string>): Attributes {
    const metrics = included.has('metric_sets') ? { metric_set: showMetrics(account, ticket) } : {};
    return { ...showTicket(account, ticket), ...metrics };
  }

  function showSideloads(tickets: readonly Ticket[], included: ReadonlySet<string>): Attributes {
    const organizations = new Set(tickets.flatMap(({ requester }) => requester.organization ?? []));
    return {
      ...(included.has('users') ? { users: showUsers(account, tickets) } : {}),
      ...(included.has('organizations') ? { organizations: [...organizations] } : {}),
      ...(included.has('groups') ? { groups: [{ ...account.group, deleted: false, is_public: true }] } : {}),
    };
  }

  return routes;
}

/** Everybody these tickets name, each once. */
export function showUsers(account: Account, tickets: readonly Ticket[]): readonly Attributes[] {
  const users = new Set(tickets.flatMap(({ requester, assignee }) => [requester, ...(assignee ? [assignee] : [])]));
  return [...users].map((user) => showUser(account, user));
}

export function showTicket(account: Account, ticket: Ticket): Attributes {
  return {
    id: ticket.id,
    url: `${account.baseUrl}/api/v2/tickets/${ticket.id}.json`,
    external_id: null,
    via: showVia(ticket),
    created_at: timestamp(ticket.createdAt),
    updated_at: timestamp(ticket.updatedAt),
    generated_timestamp: Math.floor(ticket.updatedAt.getTime() / 1000),
    type: 'question',
    subject: ticket.subject,
    raw_subject: ticket.subject,
    description: ticket.subject,
    priority: 'normal',
    status: ticket.status,
    recipient: null,
    requester_id: ticket.requester.id,
    submitter_id: ticket.submitter.id,
    assignee_id: ticket.assignee?.id ?? null,
    support_type: ticket.supportType,
    organization_id: ticket.requester.organization?.id ?? null,
    group_id: account.group.id,
    brand_id: account.brandId,
    problem_id: null,
    has_incidents: false,
    is_public: true,
    due_at: null,
    tags: ticket.tags,
    custom_fields: [],
    satisfaction_rating: { score: 'unoffered' },
  };
}

function showVia({ channel, followsUp }: Ticket): Attributes {
  const from = followsUp ? { ticket_id: followsUp.id, subject: followsUp.subject, channel: followsUp.channel } : {};
  return { channel, source: { from, to: {}, rel: followsUp ? 'follow_up' : null } };
}

/** Unlike the other sideloads it stands inside its ticket. */
function showMetrics(account: Account, ticket: Ticket): Attributes {
  return {
    id: ticket.id + 1,
    url: `${account.baseUrl}/api/v2/ticket_metrics/${ticket.id + 1}.json`,
    ticket_id: ticket.id,
    created_at: timestamp(ticket.createdAt),
    updated_at: timestamp(ticket.updatedAt),
    group_stations: 1,
    assignee_stations: 1,
    reopens: ticket.reopens,
    replies: ticket.publicReplies,
    assigned_at: timestamp(ticket.createdAt),
    initially_assigned_at: timestamp(ticket.createdAt),
    status_updated_at: timestamp(ticket.updatedAt),
    solved_at: ticket.solvedAt ? timestamp(ticket.solvedAt) : null,
  };
}
