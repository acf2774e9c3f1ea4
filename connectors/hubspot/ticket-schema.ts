import { z } from 'zod';
import { rows } from '../kit/answer-rows.ts';
import { listed, record } from './schema.ts';
import { id, present, word } from './shapes.ts';
import { readInstant } from './values.ts';

export const ticketProperties = [
  'subject',
  'hs_pipeline',
  'hs_pipeline_stage',
  'closed_date',
  'createdate',
  'hs_lastmodifieddate',
  'hubspot_owner_id',
  'hubspot_team_id',
  'hs_ticket_priority',
  'hs_ticket_category',
  'source_type',
  'first_agent_reply_date',
  'hs_num_times_contacted',
  'hs_conversations_originating_thread_id',
];

/** The history of what a ticket's stage was, which tells who or what closed it. */
export const ticketHistory = ['hs_pipeline_stage'];

/** Any value of a property over time. */
const change = z.object({ timestamp: word, sourceType: word }).transform(({ timestamp, sourceType }) => ({
  at: readInstant(timestamp)?.getTime() ?? 0,
  source: sourceType?.toUpperCase(),
}));

const stageHistory = z
  .object({ hs_pipeline_stage: rows(change) })
  .transform(({ hs_pipeline_stage: changes }) => changes.toSorted((a, b) => b.at - a.at)[0]?.source)
  .optional()
  .catch(undefined);

/** Channels in which an agent's reply is counted: a call or a visit has none. */
const channelsWithReplies = new Set(['EMAIL', 'CHAT', 'FORM']);

export const ticket = record
  .extend({ propertiesWithHistory: stageHistory })
  .transform(({ id, properties: of, propertiesWithHistory: stageSource, createdAt, updatedAt, archived }) => ({
    id,
    archived: archived ?? false,
    subject: of.get('subject'),
    pipeline: of.get('hs_pipeline'),
    stage: of.get('hs_pipeline_stage'),
    closedAt: readInstant(of.get('closed_date')),
    createdAt: readInstant(of.get('createdate') ?? createdAt),
    updatedAt: readInstant(of.get('hs_lastmodifieddate') ?? updatedAt),
    owner: of.get('hubspot_owner_id'),
    team: of.get('hubspot_team_id'),
    priority: of.get('hs_ticket_priority'),
    categories: listed(of.get('hs_ticket_category')),
    channel: of.get('source_type'),
    hasReply: of.has('first_agent_reply_date') || Number(of.get('hs_num_times_contacted') ?? 0) > 0,
    // Without a reply where replies are told of: an account may lack the property.
    isUnanswered:
      of.names.has('first_agent_reply_date') &&
      !of.has('first_agent_reply_date') &&
      !(Number(of.get('hs_num_times_contacted') ?? 0) > 0) &&
      channelsWithReplies.has(of.get('source_type')?.toUpperCase() ?? ''),
    threadId: of.get('hs_conversations_originating_thread_id'),
    /** Through what its stage was last changed, e.g. `CRM_UI` or `AUTOMATION_PLATFORM`. */
    stageSource,
  }));

export type FoundTicket = z.infer<typeof ticket>;

/** Who a ticket is associated with: one contact or several, at most one of them labelled as the primary one. */
const association = z
  .object({ toObjectId: id, associationTypes: z.array(z.object({ label: word.nullable() })).catch([]) })
  .transform(({ toObjectId, associationTypes }) => ({
    recordId: toObjectId,
    primary: associationTypes.some(({ label }) => /\bprimary\b/iu.test(label ?? '')),
  }));

export type Association = z.infer<typeof association>;

/** One ticket of a batch, with its contacts. */
export const associations = z
  .object({ from: z.object({ id }), to: rows(association).default([]) })
  .transform(({ from, to }) => ({ ticketId: from.id, contacts: to }));

/** Metadata values are strings, and either key may be missing: only then is `closed` unknown. */
const stage = z
  .object({ id, metadata: z.record(z.string(), z.unknown()).catch({}) })
  .transform(({ id, metadata: { ticketState, isClosed } }) => ({
    id,
    closed: present(ticketState)
      ? String(ticketState).toUpperCase() === 'CLOSED'
      : present(isClosed)
        ? String(isClosed) === 'true'
        : undefined,
  }));

export const pipeline = z.object({ id, stages: z.array(stage).default([]) });

/** Where a ticket began: https://developers.hubspot.com/docs/api-reference/latest/conversations/threads/get-thread */
export const thread = z
  .object({ associatedContactId: id.nullish().catch(undefined), spam: z.boolean().optional().catch(undefined) })
  .transform(({ associatedContactId, spam }) => ({ recordId: associatedContactId ?? undefined, spam: spam ?? false }));
