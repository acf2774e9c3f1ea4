import express, { type Router } from 'express';
import { type Account, statuses, type Ticket, writeTimestamp } from './account.ts';
import type { RateLimits } from './rate-limits.ts';
import { readId, readQuery, readWhole } from './reading.ts';
import { invalid, notFound } from './refusals.ts';

const month = 30 * 86_400_000;

/** https://developers.freshdesk.com/api/#tickets */
export function ticketRoutes(account: Account, limits: RateLimits): Router {
  const router = express.Router();

  router.get('/tickets', limits.list('tickets'), (request, response) => {
    const query = readQuery(request, ['updated_since', 'order_by', 'order_type', 'page', 'per_page']);
    const perPage = readWhole(query, 'per_page', { otherwise: 30, most: 100 });
    const from = (readWhole(query, 'page', { otherwise: 1, most: 300 }) - 1) * perPage;
    const sorted = filtered(account, query.get('updated_since')).toSorted(orderOf(query));
    if (sorted.length > from + perPage) {
      const next = new URLSearchParams(query);
      next.set('page', String(from / perPage + 2));
      response.set('Link', `<https://simulated.freshdesk.invalid/api/v2/tickets?${next}>;rel="next"`);
    }
    response.json(sorted.slice(from, from + perPage).map(show));
  });

  router.get('/tickets/:id', (request, response) => {
    const include = readQuery(request, ['include']).get('include')?.split(',') ?? [];
    if (include.some((embed) => embed !== 'stats')) throw invalidValue('include', 'stats');
    const ticket = account.tickets.get(readId(request.params.id));
    if (!ticket) throw notFound();
    response.json({ ...show(ticket), ...(include.includes('stats') ? { stats: showStats(ticket) } : {}) });
  });

  return router;
}

export function openTicket(
  account: Account,
  ticket: Pick<Ticket, 'subject' | 'requesterId' | 'responderId' | 'source'> & { answered: boolean },
): Ticket {
  const now = account.clock();
  const { answered, ...given } = ticket;
  const opened: Ticket = {
    id: account.nextTicketId(),
    ...given,
    status: statuses.open,
    resolvedAt: null,
    firstRespondedAt: answered ? now : null,
    deleted: false,
    createdAt: now,
    updatedAt: now,
  };
  account.tickets.set(opened.id, opened);
  return opened;
}

export function moveTicket(account: Account, ticket: Ticket, status: 'open' | 'resolved'): void {
  const now = account.clock();
  ticket.status = statuses[status];
  ticket.updatedAt = now;
  ticket.resolvedAt = status === 'resolved' ? now : null;
}

/** Without `updated_since`, those that were created within the last month. Takes in its own second. */
function filtered(account: Account, updatedSince: string | null): readonly Ticket[] {
  const tickets = [...account.tickets.values()].filter(({ deleted }) => !deleted);
  if (updatedSince === null) {
    const since = account.clock().getTime() - month;
    return tickets.filter(({ createdAt }) => createdAt.getTime() >= since);
  }
  const since = Date.parse(updatedSince);
  if (Number.isNaN(since)) throw invalidValue('updated_since', 'a combined date and time in the ISO8601 format');
  return tickets.filter(({ updatedAt }) => updatedAt.getTime() >= since);
}

function orderOf(query: URLSearchParams): (a: Ticket, b: Ticket) => number {
  const by = query.get('order_by') ?? 'created_at';
  const type = query.get('order_type') ?? 'desc';
  if (by !== 'created_at' && by !== 'updated_at') throw invalidValue('order_by', 'created_at,updated_at');
  if (type !== 'asc' && type !== 'desc') throw invalidValue('order_type', 'asc,desc');
  const attribute = by === 'created_at' ? 'createdAt' : 'updatedAt';
  const direction = type === 'asc' ? 1 : -1;
  return (a, b) => direction * (a[attribute].getTime() - b[attribute].getTime() || a.id - b.id);
}

function invalidValue(field: string, allowed: string) {
  return invalid([{ field, message: `It should be one of these values: '${allowed}'`, code: 'invalid_value' }]);
}

function show({ id, subject, status, requesterId, responderId, source, deleted, createdAt, updatedAt }: Ticket) {
  return {
    id,
    subject,
    status,
    requester_id: requesterId,
    responder_id: responderId,
    group_id: null,
    product_id: null,
    company_id: null,
    priority: 1,
    source,
    spam: false,
    type: null,
    tags: [],
    custom_fields: {},
    ...(deleted ? { deleted } : {}),
    created_at: writeTimestamp(createdAt),
    updated_at: writeTimestamp(updatedAt),
  };
}

function showStats({ resolvedAt, firstRespondedAt }: Ticket) {
  const written = (timestamp: Date | null) => timestamp && writeTimestamp(timestamp);
  return { resolved_at: written(resolvedAt), closed_at: null, first_responded_at: written(firstRespondedAt) };
}
