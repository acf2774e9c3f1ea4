import type { Account, Comment, Ticket, User } from './account.ts';
import {
  ticketCreated,
  ticketMerged,
  ticketRequesterChanged,
  ticketSoftDeleted,
  ticketStatusChanged,
} from './events.ts';

export type OpenedTicket = Pick<Ticket, 'requester' | 'subject' | 'assignee' | 'publicReplies'> &
  Partial<Pick<Ticket, 'submitter' | 'supportType' | 'channel' | 'followsUp'>>;

/**
 * A new ticket gets the tags of its requester; an account may turn that off, this one has not.
 * https://support.zendesk.com/hc/en-us/articles/4408822051866
 *
 * A follow-up inherits the tags of the ticket that it goes on from, which has to be closed.
 * https://developer.zendesk.com/documentation/ticketing/managing-tickets/creating-and-updating-tickets/#creating-follow-up-tickets
 */
export function openTicket(account: Account, asked: OpenedTicket): Ticket {
  const { followsUp } = asked;
  if (followsUp && followsUp.status !== 'closed') throw new Error('only a closed ticket can be followed up');
  const now = account.clock();
  const id = account.identifiers.next();
  const ticket: Ticket = {
    id,
    submitter: asked.requester,
    supportType: 'agent',
    channel: 'email',
    followsUp,
    ...asked,
    status: 'open',
    tags: [...new Set([...(followsUp?.tags ?? []), ...tagsOfUser(account, asked.requester)])].toSorted(),
    comments: [],
    createdAt: now,
    updatedAt: now,
    reopens: 0,
  };
  account.tickets.set(id, ticket);
  account.announce(ticketCreated(account, ticket));
  return ticket;
}

/** The options that were chosen in the user's fields, and the tags of the boxes that are ticked. */
export function tagsOfUser({ fields }: Account, { values }: User): readonly string[] {
  return fields.flatMap(({ key, type, tag }) => {
    const value = values.get(key);
    if (type === 'checkbox') return value === true && tag !== null ? [tag] : [];
    if (type !== 'dropdown' && type !== 'multiselect') return [];
    return [value].flat().filter((option) => typeof option === 'string');
  });
}

/** Nothing happens, and nobody is told, when the ticket stands there already. */
export function moveTicket(account: Account, ticket: Ticket, status: Ticket['status']): void {
  const previous = ticket.status;
  if (previous === status) return;
  const now = account.clock();
  ticket.status = status;
  ticket.updatedAt = now;
  if (status === 'solved') ticket.solvedAt = now;
  if (status === 'open') ticket.reopens += 1;
  account.announce(ticketStatusChanged(account, ticket, previous));
}

export function changeRequester(account: Account, ticket: Ticket, requester: User): void {
  const previous = ticket.requester;
  if (previous === requester) return;
  ticket.requester = requester;
  ticket.updatedAt = account.clock();
  account.announce(ticketRequesterChanged(account, ticket, previous));
}

/** The loser is closed with Zendesk's own tag; only the winner is worked on from then on. */
export function mergeTickets(account: Account, loser: Ticket, winner: Ticket): void {
  loser.tags = [...loser.tags, 'closed_by_merge'];
  const author = account.admin;
  addComment(account, loser, {
    author,
    body: `This request was closed and merged into request #${winner.id}.`,
    public: false,
  });
  addComment(account, winner, {
    author,
    body: `Request #${loser.id} was closed and merged into this request.`,
    public: false,
  });
  account.announce(ticketMerged(account, loser));
  moveTicket(account, loser, 'closed');
}

/** It can be restored for a month, but is not found any more. */
export function removeTicket(account: Account, ticket: Ticket): void {
  ticket.status = 'deleted';
  ticket.updatedAt = account.clock();
  account.announce(ticketSoftDeleted(account, ticket));
}

export function addComment(account: Account, ticket: Ticket, said: Pick<Comment, 'author' | 'body' | 'public'>): void {
  const now = account.clock();
  ticket.comments.push({ id: account.identifiers.next(), createdAt: now, ...said });
  ticket.updatedAt = now;
}

export function retag(account: Account, ticket: Ticket, tags: readonly string[]): void {
  ticket.tags = [...new Set(tags)].toSorted();
  ticket.updatedAt = account.clock();
}
