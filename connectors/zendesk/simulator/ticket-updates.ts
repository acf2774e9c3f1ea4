import { type Request, Router } from 'express';
import { type Account, type Comment, type Ticket, timestamp } from './account.ts';
import { signedInUser } from './authentication.ts';
import type { JobStatuses } from './job-statuses.ts';
import { listPage, pageParameters } from './pagination.ts';
import type { RateLimits } from './rate-limits.ts';
import { type Attributes, isObject, readId, readIds, readQuery, readRecord, verifyKnown } from './reading.ts';
import { invalidRequest, recordInvalid, recordNotFound, updateConflict } from './refusals.ts';
import { addComment, retag } from './ticket-changes.ts';
import { showTicket } from './tickets.ts';

/**
 * What a program may change of a ticket here: its tags, one by one or all at once, and comments; this stand-in refuses
 * the rest.
 *
 * @see https://developer.zendesk.com/api-reference/ticketing/ticket-management/tags/
 */
export function createTicketUpdateRoutes(account: Account, jobs: JobStatuses, limits: RateLimits): Router {
  const routes = Router();

  routes.put('/tickets/update_many', (request, response) => {
    const ids = readIds(readQuery(request, ['ids']).get('ids'));
    const { additional_tags: added, remove_tags: removed } = readTagChange(request);
    const doRow = ({ id }: Attributes) => {
      const ticket = findOpen(account, String(id));
      const tags = ticket.tags.filter((tag) => !removed.includes(tag));
      retag(account, ticket, [...tags, ...added]);
    };
    response.json({ job_status: jobs.enqueue({ of: 'Ticket', rows: ids.map((id) => ({ id })), doRow }) });
  });

  routes.put('/tickets/:id', limits.ticketUpdates, (request, response) => {
    readQuery(request, []);
    const ticket = findOpen(account, request.params.id);
    const changes = readRecord(request, 'ticket', ['comment', 'tags', 'safe_update', 'updated_stamp']);
    verifyStamp(ticket, changes);
    const comment = changes.comment === undefined ? undefined : readComment(changes.comment);
    if (changes.tags !== undefined) retag(account, ticket, readTags(changes.tags));
    if (comment) addComment(account, ticket, { author: signedInUser(response), ...comment });
    response.json({ ticket: showTicket(account, ticket) });
  });

  routes.get('/tickets/:id/comments', (request, response) => {
    const query = readQuery(request, pageParameters);
    const ticket = findTicket(account, request.params.id);
    const address = `${account.baseUrl}/api/v2/tickets/${ticket.id}/comments.json`;
    const { items, envelope } = listPage(ticket.comments, query, address);
    response.json({ comments: items.map(showComment), ...envelope });
  });

  routes.get('/tickets/:id/tags', (request, response) => {
    response.json({ tags: findTicket(account, request.params.id).tags });
  });

  routes.put('/tickets/:id/tags', limits.ticketUpdates, (request, response) => {
    readQuery(request, []);
    const ticket = findOpen(account, request.params.id);
    retag(account, ticket, [...ticket.tags, ...readTags(tagsIn(request))]);
    response.json({ tags: ticket.tags });
  });

  routes.delete('/tickets/:id/tags', limits.ticketUpdates, (request, response) => {
    readQuery(request, ['tags']);
    const ticket = findOpen(account, request.params.id);
    const removed = readTags(tagsIn(request));
    retag(
      account,
      ticket,
      ticket.tags.filter((tag) => !removed.includes(tag)),
    );
    response.json({ tags: ticket.tags });
  });

  return routes;
}

function findTicket(account: Account, id: string): Ticket {
  const ticket = account.tickets.get(readId(id));
  if (!ticket || ticket.status === 'deleted') throw recordNotFound();
  return ticket;
}

function findOpen(account: Account, id: string): Ticket {
  const ticket = findTicket(account, id);
  if (ticket.status === 'closed') throw recordInvalid('status', 'Status: closed prevents ticket update');
  return ticket;
}

/** With a stamp, an update is refused where the ticket has changed since then, to the second. */
function verifyStamp(ticket: Ticket, { safe_update: safe, updated_stamp: stamp }: Attributes): void {
  if (safe !== undefined && safe !== true) throw invalidRequest('safe_update', 'It has to be true or left out.');
  if (safe && typeof stamp !== 'string') throw invalidRequest('updated_stamp', 'It has to be there for a safe update.');
  if (safe && stamp !== timestamp(ticket.updatedAt)) throw updateConflict();
}

/** Of what Zendesk changes in many tickets at once, this stand-in takes the tags: either more of them or fewer. */
function readTagChange(request: Request): Record<'additional_tags' | 'remove_tags', readonly string[]> {
  const change = readRecord(request, 'ticket', ['additional_tags', 'remove_tags']);
  const [only, ...others] = Object.entries(change);
  if (!only || others.length > 0) throw invalidRequest('ticket', 'It has to have additional_tags or remove_tags.');
  return { additional_tags: [], remove_tags: [], [only[0]]: readTags(only[1]) };
}

function tagsIn(request: Request<{ id: string }>): unknown {
  return isObject(request.body) ? request.body.tags : undefined;
}

function readTags(tags: unknown): readonly string[] {
  if (!Array.isArray(tags) || !tags.every((tag) => typeof tag === 'string' && /^[\w\-/.]+$/.test(tag))) {
    throw invalidRequest('tags', 'It has to be a list of tags.');
  }
  return tags;
}

function readComment(raw: unknown): Pick<Comment, 'body' | 'public'> {
  if (!isObject(raw)) throw invalidRequest('comment', 'It has to be an object.');
  verifyKnown(raw, ['body', 'public']);
  const { body, public: isPublic = true } = raw;
  if (typeof body !== 'string' || body.trim() === '') throw invalidRequest('comment', 'Its body cannot be blank.');
  if (typeof isPublic !== 'boolean') throw invalidRequest('comment', 'It is public or it is not.');
  return { body, public: isPublic };
}

function showComment({ id, author, body, public: isPublic, createdAt }: Comment): Attributes {
  return {
    id,
    type: 'Comment',
    author_id: author.id,
    body,
    plain_body: body,
    public: isPublic,
    attachments: [],
    created_at: timestamp(createdAt),
  };
}
