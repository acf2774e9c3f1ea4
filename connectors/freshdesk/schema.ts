import { z } from 'zod';
import type { ContactSnapshot } from '../../src/model/contact.ts';
import type { TicketSnapshot } from '../../src/model/ticket.ts';
import { rows } from '../kit/answer-rows.ts';
import type { CustomFields } from './values.ts';

// Only the fields that are used, renamed on the way: nothing past the schemas speaks Freshdesk's language. Blank is null.

const id = z.union([z.string().min(1), z.number()]).transform(String);
// What only describes a ticket or a contact may be anything, and stops nothing: a value of another kind is as good as none.
const text = z
  .unknown()
  .optional()
  .transform((value) => {
    if (typeof value === 'number') return String(value);
    return typeof value === 'string' && value !== '' ? value : undefined;
  });
const texts = z
  .unknown()
  .optional()
  .transform((value) => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []));
const flag = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'boolean' ? value : undefined));
const reference = id.nullish().catch(undefined);
const code = z.coerce.number().catch(0);
const timestamp = z
  .string()
  .nullish()
  .catch(undefined)
  .transform((value) => {
    const date = new Date(value ?? Number.NaN);
    return Number.isNaN(date.getTime()) ? undefined : date;
  });

type Known<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Only what is known: a property that is undefined is left out. */
export function known<T extends object>(properties: T): Known<T> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as Known<T>;
}

export type FreshdeskContact = {
  contact: ContactSnapshot;
  /** Deleted ones stay readable. */
  gone: boolean;
  fields: CustomFields;
};

export const contact = z
  .object({
    id,
    name: text,
    email: text,
    other_emails: texts,
    active: flag,
    deleted: flag,
    language: text,
    custom_fields: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  })
  .transform((body): FreshdeskContact => {
    // `active` is whether they have ever signed in to the portal. Where it is not told, the address is as good as
    // Freshdesk itself takes it: the one it emails to.
    const primary = body.email ? [{ address: body.email, verified: body.active ?? true }] : [];
    const others = body.other_emails.map((address) => ({ address, verified: false }));
    const fields = body.custom_fields ?? {};
    return {
      contact: {
        id: body.id,
        emails: [...primary, ...others],
        ...known({ email: body.email, name: body.name, language: body.language }),
        staff: false,
      },
      gone: body.deleted === true,
      fields,
    };
  });

export const agent = z
  .object({ id, contact: z.object({ name: text, email: text }).nullish().catch(undefined) })
  .transform(({ id: agentId, contact: profile }) => ({
    id: agentId,
    ...known({ name: profile?.name, email: profile?.email }),
  }));

/** https://developers.freshdesk.com/api/#tickets. Statuses that an account has added begin at 6, and none is an end. */
const ended = { resolved: 4, closed: 5 } as const;
const priorities: Readonly<Record<number, string>> = { 1: 'low', 2: 'medium', 3: 'high', 4: 'urgent' };
const channels: Readonly<Record<number, string>> = {
  1: 'email',
  2: 'portal',
  3: 'phone',
  7: 'chat',
  9: 'feedback widget',
  10: 'outbound email',
};

/** Sources in which the customer writes and the team replies: email, portal, feedback widget. */
const written: ReadonlySet<number> = new Set([1, 2, 9]);

export type FoundTicket = { ticket: TicketSnapshot; requesterId?: string; agentId?: string };

export const ticket = z
  .object({
    id,
    status: z.coerce.number(),
    subject: text,
    requester_id: reference,
    responder_id: reference,
    group_id: reference,
    product_id: reference,
    priority: code,
    source: code,
    tags: texts,
    spam: flag,
    deleted: flag,
    stats: z
      .object({ resolved_at: timestamp, closed_at: timestamp, first_responded_at: timestamp })
      .nullish()
      .catch(undefined),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .transform((body): FoundTicket => {
    const { stats } = body;
    const resolved = body.status === ended.resolved || body.status === ended.closed;
    // Freshdesk tells when it was first answered, not how often. A call, a chat, or what began with an email of the team's
    // is answered elsewhere than in replies.
    const unanswered = stats && stats.first_responded_at === undefined && written.has(body.source);
    // Closed with nobody assigned and nobody having written: a rule did it.
    const closer = body.responder_id ? 'human_agent' : unanswered ? 'automation' : undefined;
    return {
      ticket: {
        id: body.id,
        state: body.deleted ? 'gone' : resolved ? 'resolved' : 'open',
        tags: body.tags,
        ...known({
          // They outlive a reopening; then they are no time of resolution.
          resolvedAt: resolved ? (stats?.resolved_at ?? stats?.closed_at) : undefined,
          createdAt: body.created_at,
          updatedAt: body.updated_at,
          spam: body.spam,
          subject: body.subject,
          group: body.group_id ? { id: body.group_id } : undefined,
          brand: body.product_id ?? undefined,
          channel: channels[body.source],
          handler: resolved ? closer : undefined,
          priority: priorities[body.priority],
          publicReplies: unanswered ? 0 : undefined,
        }),
      },
      ...known({ requesterId: body.requester_id ?? undefined, agentId: body.responder_id ?? undefined }),
    };
  });

/**
 * One page of a poll, in which only ids and times matter. `length` counts the rows that cannot be read as well: it says
 * whether there is another page.
 */
export const changedTickets = z.array(z.unknown()).transform((sent) => ({
  length: sent.length,
  changes: rows(z.object({ id, updated_at: timestamp }))
    .parse(sent)
    .flatMap(({ id, updated_at: changedAt }) => (changedAt ? [{ id, changedAt }] : [])),
}));

export type ContactField = z.infer<typeof contactField>;

const choice = z.union([
  z.string().transform((value) => ({ value })),
  z.object({ id: z.number().optional(), value: z.string(), position: z.number().optional() }),
]);

export const contactField = z.object({
  id,
  name: z.string(),
  type: z.string(),
  /** Not told in every list of fields. */
  choices: z.array(choice).optional().catch(undefined),
});

export const contactFields = rows(contactField);
