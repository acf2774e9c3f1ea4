import { z } from 'zod';
import type { TicketSnapshot } from '../../src/domain/ticket.ts';
import { pageLinks, pageOf } from './page-schema.ts';
import { flag, given, id, moment, text } from './shapes.ts';
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

const metricSet = z.object({ ticket_id: id.optional(), solved_at: moment, replies: z.number().nullish() });

const ticketBody = z.object({
  id,
  status: z.string().transform((status) => status.toLowerCase()),
  subject: text,
  requester_id: id.nullish(),
  assignee_id: id.nullish(),
  group_id: id.nullish(),
  brand_id: id.nullish(),
  organization_id: id.nullish(),
  tags: z.array(z.string()).nullish(),
  priority: text,
  via: z.object({ channel: text }).nullish(),
  satisfaction_rating: z.object({ score: text }).nullish(),
  created_at: moment,
  updated_at: moment,
  metric_set: metricSet.nullish(),
});

/** How Zendesk marks the ticket that lost a merge. */
const mergedTag = 'closed_by_merge';

/** What a mark looks at before it changes anything. */
export const standingTicket = z.object({ ticket: ticketBody }).transform(({ ticket: { status, tags } }) => ({
  gone: status === 'deleted' || (tags ?? []).includes(mergedTag),
  closed: status === 'closed',
  tags: tags ?? [],
}));

export const comments = z
  .object({ comments: z.array(z.object({ body: text })), ...pageLinks })
  .transform(({ comments, ...links }) => pageOf(comments, links));

/** Tickets with their sideloads, as far as the plan and the role let them come along. */
export const severalTickets = z
  .object({
    tickets: z.array(ticketBody),
    users: z.array(userBody).nullish(),
    groups: z.array(z.object({ id, name: text })).nullish(),
    organizations: z.array(z.object({ id, name: text })).nullish(),
    metric_sets: z.array(metricSet).nullish(),
  })
  .transform(({ tickets, ...sideloads }) => tickets.map((body) => foundTicket(body, sideloads)));

type Named = { id: string; name?: string | undefined };

function foundTicket(
  body: z.infer<typeof ticketBody>,
  {
    users,
    groups,
    organizations,
    metric_sets,
  }: {
    users?: readonly ZendeskUser[] | null | undefined;
    groups?: readonly Named[] | null | undefined;
    organizations?: readonly Named[] | null | undefined;
    metric_sets?: readonly z.infer<typeof metricSet>[] | null | undefined;
  },
): FoundTicket {
  const tags = body.tags ?? [];
  const merged = tags.includes(mergedTag);
  const resolved = body.status === 'solved' || body.status === 'closed';
  const metrics = body.metric_set ?? metric_sets?.find(({ ticket_id }) => ticket_id === body.id);
  const assignee = users?.find(({ contact }) => contact.id === body.assignee_id);
  const group = groups?.find((candidate) => candidate.id === body.group_id);
  return {
    ticket: {
      id: body.id,
      state: merged || body.status === 'deleted' ? 'gone' : resolved ? 'resolved' : 'open',
      // It outlives a reopening; then it is not a time of resolution.
      ...given('resolvedAt', resolved ? metrics?.solved_at : undefined),
      ...given('createdAt', body.created_at),
      ...given('updatedAt', body.updated_at),
      ...(body.status === 'closed' ? { sealed: true } : {}),
      ...(merged ? { merged } : {}),
      ...given('subject', body.subject),
      ...given('agent', named(body.assignee_id, assignee?.contact.name)),
      ...given('group', named(body.group_id, group?.name)),
      tags,
      ...given('brand', body.brand_id),
      ...given('channel', body.via?.channel),
      ...given('priority', body.priority),
      ...given('satisfaction', body.satisfaction_rating?.score),
      ...given('publicReplies', metrics?.replies),
    },
    ...given('requesterId', body.requester_id),
    ...given('organization', organizations?.find(({ id }) => id === body.organization_id)?.name),
    users: users ?? [],
  };
}

function named(id: string | null | undefined, name: string | undefined) {
  return id ? { id, ...given('name', name) } : undefined;
}

/** Incremental exports are ordered by `generated_timestamp`, which system updates move without moving `updated_at`. */
export const changedTickets = z
  .object({
    tickets: z.array(z.object({ id, generated_timestamp: z.number().nullish(), updated_at: moment })),
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
  rows: readonly { id?: string; index?: number; success: boolean; error: string; details: string }[];
};

/** `results` is null while the job is waiting, and may be a message when it failed. */
export const job = z
  .object({
    job_status: z.object({
      id,
      status: z.string().transform((status) => status.toLowerCase()),
      results: z
        .array(
          z.object({
            id: id.nullish().catch(undefined),
            index: z.number().nullish().catch(undefined),
            success: flag,
            error: z.coerce.string().optional(),
            details: z.coerce.string().optional(),
          }),
        )
        .catch([]),
    }),
  })
  .transform(
    ({ job_status: { results, ...rest } }): Job => ({
      ...rest,
      rows: results.map(({ id, index, success, error = '', details = '' }) => ({
        ...given('id', id),
        ...given('index', index),
        success: success ?? error === '',
        error,
        details,
      })),
    }),
  );
