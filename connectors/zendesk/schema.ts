import { z } from 'zod';
import type { TicketSnapshot } from '../../src/model/ticket.ts';
import { rows, sideloadedRows } from '../kit/answer-rows.ts';
import { pageLinks, pageSchema } from './page-schema.ts';
import { count, given, id, reference, text, timestamp } from './shapes.ts';
import { countPublicReplies, isMergedAway, readHandler } from './ticket-facts.ts';
import { userBody, type ZendeskUser } from './user-schema.ts';

// Only the fields that are used, renamed on the way: nothing past the schemas speaks Zendesk's language.

export type FoundTicket = {
  ticket: TicketSnapshot;
  requesterId?: string;
  /** The name of the organization that the ticket is from. */
  organization?: string;
  /** Users that came along. */
  users: readonly ZendeskUser[];
};

const metricSet = z.object({ ticket_id: reference, solved_at: timestamp, replies: count });

const via = z
  .object({ channel: text, source: z.object({ rel: text }).nullish().catch(undefined) })
  .nullish()
  .catch(undefined)
  .transform((via) => ({ channel: via?.channel, rel: via?.source?.rel }));

const tags = z
  .array(z.unknown())
  .nullish()
  .catch(undefined)
  .transform((tags) => (tags ?? []).filter((tag) => typeof tag === 'string'));

const ticketBody = z.object({
  id,
  status: z.string().transform((status) => status.toLowerCase()),
  subject: text,
  requester_id: reference,
  submitter_id: reference,
  assignee_id: reference,
  group_id: reference,
  brand_id: reference,
  organization_id: reference,
  support_type: text,
  tags,
  priority: text,
  via,
  satisfaction_rating: z.object({ score: text }).nullish().catch(undefined),
  created_at: timestamp,
  updated_at: timestamp,
  metric_set: metricSet.nullish().catch(undefined),
});
export type TicketBody = z.infer<typeof ticketBody>;

/** What a mark looks at before it changes anything. `stamp` says which state of the ticket that was. */
export const standingTickets = z
  .object({ tickets: z.array(ticketBody.extend({ updated_at: z.string() })), metric_sets: sideloadedRows(metricSet) })
  .transform(({ tickets, metric_sets }) =>
    tickets.map((ticket) => {
      const metrics = ticket.metric_set ?? metric_sets.find(({ ticket_id }) => ticket_id === ticket.id);
      return {
        id: ticket.id,
        gone: ticket.status === 'deleted' || isMergedAway(ticket, metrics?.solved_at),
        closed: ticket.status === 'closed',
        tags: ticket.tags,
        stamp: ticket.updated_at,
      };
    }),
  );
export type StandingTicket = z.infer<typeof standingTickets>[number];

export const comments = z
  .object({ comments: rows(z.object({ body: text })), ...pageLinks })
  .transform(({ comments, ...links }) => pageSchema(comments, links));

const named = z.object({ id, name: text });

/**
 * Tickets with their sideloads, as far as the plan and the role let them come along. A ticket that cannot be read is
 * not left out: it would be taken for one that does not exist.
 */
export const severalTickets = z
  .object({
    tickets: z.array(ticketBody),
    users: sideloadedRows(userBody),
    groups: sideloadedRows(named),
    organizations: sideloadedRows(named),
    metric_sets: sideloadedRows(metricSet),
  })
  .transform(({ tickets, users, groups, organizations, metric_sets }) =>
    tickets.map((body): FoundTicket => {
      const metrics = body.metric_set ?? metric_sets.find(({ ticket_id }) => ticket_id === body.id);
      const merged = isMergedAway(body, metrics?.solved_at);
      const resolved = !merged && (body.status === 'solved' || body.status === 'closed');
      const assignee = users.find(({ contact }) => contact.id === body.assignee_id);
      const group = groups.find((candidate) => candidate.id === body.group_id);
      return {
        ticket: {
          id: body.id,
          state: merged || body.status === 'deleted' ? 'gone' : resolved ? 'resolved' : 'open',
          // It outlives a reopening; then it is not a time of resolution.
          ...given('resolvedAt', resolved ? metrics?.solved_at : undefined),
          ...given('createdAt', body.created_at),
          ...given('updatedAt', body.updated_at),
          ...(body.status === 'closed' ? { archived: true } : {}),
          ...(merged ? { merged } : {}),
          ...(body.via.rel === 'follow_up' ? { followUp: true } : {}),
          ...given('subject', body.subject),
          ...given('agent', withName(body.assignee_id, assignee?.contact.name)),
          ...given('handler', resolved ? readHandler(body) : undefined),
          ...given('group', withName(body.group_id, group?.name)),
          tags: body.tags,
          ...given('brand', body.brand_id),
          ...given('channel', body.via.channel),
          ...given('priority', body.priority),
          ...given('satisfaction', satisfactionOf(body)),
          ...given('publicReplies', countPublicReplies(body, metrics?.replies)),
        },
        ...given('requesterId', body.requester_id),
        ...given('organization', organizations.find(({ id }) => id === body.organization_id)?.name),
        users,
      };
    }),
  );

/**
 * What the customer said in the legacy satisfaction survey. Where it is off, which it is wherever the newer one is on,
 * every ticket says `unoffered`: nothing is known then. The answers of the newer one stand on no ticket; each would
 * take a call of its own.
 * https://developer.zendesk.com/api-reference/ticketing/ticket-management/satisfaction_ratings/
 */
function satisfactionOf({ satisfaction_rating: rating }: TicketBody): string | undefined {
  return rating?.score === 'unoffered' ? undefined : rating?.score;
}

function withName(id: string | null | undefined, name: string | undefined) {
  return id ? { id, ...given('name', name) } : undefined;
}

/** Incremental exports are ordered by `generated_timestamp`, which system updates move without moving `updated_at`. */
export const changedTickets = z
  .object({
    tickets: rows(z.object({ id, generated_timestamp: count, updated_at: timestamp })),
    after_cursor: text,
    end_of_stream: z.boolean(),
  })
  .transform(({ tickets, after_cursor, end_of_stream }) => ({
    changes: tickets.map(({ id, generated_timestamp: seconds, updated_at }) => ({
      id,
      changedAt: seconds ? new Date(seconds * 1000) : (updated_at ?? new Date(0)),
    })),
    more: !end_of_stream,
    ...given('cursor', after_cursor),
  }));

export type Job = {
  id: string;
  status: string;
  rows: readonly { id?: string; index: number; success: boolean; error: string; details: string }[];
};

const jobRow = z.object({
  id: reference,
  index: count,
  success: z.boolean().nullish(),
  error: z.coerce.string().optional(),
  details: z.coerce.string().optional(),
});

/**
 * `results` is null while the job is waiting, and may be a message when it failed. A row that cannot be read leaves
 * the fate of its user unknown, and keeps its place: rows that failed are known by it.
 */
const jobRows = z
  .array(z.unknown())
  .catch([])
  .transform((sent): Job['rows'] =>
    sent.flatMap((row, place) => {
      const { data } = jobRow.safeParse(row);
      if (!data) return [];
      const { id, index = place, success, error = '', details = '' } = data;
      return [{ ...given('id', id), index, success: success ?? error === '', error, details }];
    }),
  );

const jobStatus = z
  .object({ id, status: z.string().transform((status) => status.toLowerCase()), results: jobRows })
  .transform(({ results: rows, ...rest }): Job => ({ ...rest, rows }));

export const job = z.object({ job_status: jobStatus }).transform(({ job_status }) => job_status);

export const severalJobs = z.object({ job_statuses: rows(jobStatus) }).transform(({ job_statuses }) => job_statuses);
