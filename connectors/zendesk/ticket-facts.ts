import type { TicketHandler } from '../../src/model/ticket.ts';

// What a ticket's own values add up to, where none of them says it alone.

/** How Zendesk marks the ticket that lost a merge. */
const mergedTag = 'closed_by_merge';

/**
 * Whether the ticket lost a merge: it is closed and carries Zendesk's tag. A follow-up inherits the tags of the closed
 * ticket that it follows, so that there the tag says nothing of the ticket itself, unless it was closed without ever
 * having been solved, as a merge does it.
 * https://developer.zendesk.com/documentation/ticketing/managing-tickets/creating-and-updating-tickets/#creating-follow-up-tickets
 *
 * @param solvedAt when it was last solved, as its metrics say
 */
export function isMergedAway(
  { tags, status, via }: { tags: readonly string[]; status: string; via: { rel: string | undefined } },
  solvedAt: Date | undefined,
): boolean {
  if (!tags.includes(mergedTag)) return false;
  return via.rel !== 'follow_up' || (status === 'closed' && solvedAt === undefined);
}

/**
 * Who brought a resolved ticket to its resolution. Zendesk says of each ticket whether an AI agent or the team has it.
 * A person who solves one becomes its assignee; only automations, triggers, and customers who close their request
 * themselves leave it without one.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/
 */
export function readHandler({
  support_type,
  assignee_id,
}: {
  support_type?: string | undefined;
  assignee_id?: string | null | undefined;
}): TicketHandler {
  if (support_type?.toLowerCase() === 'ai_agent') return 'ai_agent';
  return assignee_id ? 'human_agent' : 'automation';
}

/**
 * Channels on which the customer writes, and is answered by public comments alone, which Zendesk counts as replies. On
 * the others (calls, chats, messaging, social media, side conversations) a customer may be answered without any.
 * https://developer.zendesk.com/documentation/ticketing/reference-guides/via-types/
 */
const countingChannels: ReadonlySet<string> = new Set([
  'email',
  'mail',
  'web',
  'web_form',
  'api',
  'web_service',
  'web_widget',
  'help_center',
]);

/**
 * The agents' public replies. None at all is told only where it means that nobody answered the customer: not on a
 * ticket that somebody opened for them, whose first words are an agent's and count as no reply.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_metrics/
 */
export function countPublicReplies(
  {
    via: { channel = '' },
    submitter_id,
    requester_id,
  }: {
    via: { channel?: string | undefined };
    submitter_id?: string | null | undefined;
    requester_id?: string | null | undefined;
  },
  replies: number | undefined,
): number | undefined {
  if (replies !== 0) return replies;
  const openedByCustomer = Boolean(submitter_id) && submitter_id === requester_id;
  return openedByCustomer && countingChannels.has(channel.toLowerCase()) ? replies : undefined;
}
