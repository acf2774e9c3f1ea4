import type { Condition } from '../../../model/conditions.ts';
import type { TicketSnapshot } from '../../../model/ticket.ts';
import { dayMs } from '../../../model/time-units.ts';
import { judgeConditions, type Reading } from '../conditions.ts';
import { onTickets, type Rule } from '../facts.ts';
import { isAboutContact } from './about-requester.ts';

export const beforeConnection: Rule = {
  reason: 'before_connection',
  judge: onTickets(({ resolvedAt, activeSince }) =>
    resolvedAt < activeSince
      ? { skipped: { code: 'before_connection', params: { resolvedAt: resolvedAt.toISOString() } } }
      : undefined,
  ),
};

/** A rule that closes what is long silent resolves nothing that somebody could rate. */
export const closedByAutomation: Rule = {
  reason: 'closed_by_automation',
  judge: onTickets(({ ticket: { handler } }, { survey: { audience } }) => {
    const isSelected = audience.conditions.some((one) => one.field === 'handler' && one.is?.includes('automation'));
    if (audience.closedByAutomation === 'ask' || isSelected) return undefined;
    if (handler === undefined) {
      return { notApplied: [{ code: 'automation_unknown', params: {} }] };
    }
    return handler === 'automation' ? { skipped: { code: 'closed_by_automation', params: {} } } : undefined;
  }),
};

export const gone: Rule = {
  reason: 'gone',
  evenForTests: true,
  judge: onTickets(({ ticket }) => (ticket.state === 'gone' ? { skipped: { code: 'gone', params: {} } } : undefined)),
};

export const merged: Rule = {
  reason: 'merged',
  evenForTests: true,
  judge: onTickets(({ ticket }) => (ticket.merged ? { skipped: { code: 'merged', params: {} } } : undefined)),
};

/**
 * Holds only where the number of replies says something: a ticket by phone, or one that an agent opened for the
 * customer, has none although they were helped, and its system tells no number.
 */
export const noPublicReply: Rule = {
  reason: 'no_public_reply',
  judge: onTickets(({ ticket: { publicReplies } }, { survey: { audience } }) => {
    if (audience.unanswered === 'ask') return undefined;
    if (publicReplies === undefined) {
      return { notApplied: [{ code: 'replies_unknown', params: {} }] };
    }
    return publicReplies === 0 ? { skipped: { code: 'no_public_reply', params: {} } } : undefined;
  }),
};

export const reopened: Rule = {
  reason: 'reopened',
  judge: onTickets(({ ticket }) =>
    ticket.state === 'open' ? { skipped: { code: 'reopened', params: {} } } : undefined,
  ),
};

export const spam: Rule = {
  reason: 'spam',
  judge: onTickets(({ ticket }) => (ticket.spam ? { skipped: { code: 'spam', params: {} } } : undefined)),
};

/** How long after its resolution a ticket may first be seen and still be asked about. */
const maxAgeMs = 7 * dayMs;

export const tooLate: Rule = {
  reason: 'too_late',
  judge: onTickets(({ resolvedAt, firstSeenAt }) =>
    firstSeenAt.getTime() - resolvedAt.getTime() > maxAgeMs
      ? {
          skipped: {
            code: 'too_late',
            params: { resolvedAt: resolvedAt.toISOString(), firstSeenAt: firstSeenAt.toISOString() },
          },
        }
      : undefined,
  ),
};

/** An archived ticket was resolved long before it was last touched; without the vendor's own time nobody knows how long. */
export const unknownTime: Rule = {
  reason: 'unknown_time',
  judge: onTickets(({ ticket, exact, seenOpen, activeSince }) => {
    if (exact || seenOpen || !ticket.archived) return undefined;
    if (ticket.createdAt && ticket.createdAt >= activeSince) return undefined;
    return { skipped: { code: 'unknown_time', params: {} } };
  }),
};

export const ticketConditions: Rule = {
  reason: 'ticket_conditions',
  judge: onTickets(({ ticket }, facts) => {
    const conditions = facts.survey.audience.conditions.filter((condition) => !isAboutContact(condition));
    return judgeConditions(facts, conditions, { of: 'ticket', reading: ({ field }) => read(ticket, field) });
  }),
};

function read(ticket: TicketSnapshot, field: Condition['field']): Reading {
  if (field === 'tags' || field === 'publicReplies') return ticket[field];
  if (field === 'group') return ticket.group && [ticket.group.id, ticket.group.name ?? ticket.group.id];
  if (field === 'property' || field === 'language' || field === 'company') return undefined;
  const value = ticket[field];
  return value === undefined ? undefined : [value];
}
