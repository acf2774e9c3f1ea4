import type { Condition } from '../../survey/conditions.ts';
import type { TicketSnapshot } from '../../ticket.ts';
import { judgeConditions, type Reading } from '../conditions.ts';
import { onTickets, type Rule } from '../facts.ts';
import { isAboutContact } from './person-conditions.ts';

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
