import type { Tickets } from '../../src/connector.ts';
import type { ContactSnapshot } from '../../src/domain/contact.ts';
import type { ZendeskClient } from './client.ts';
import { createMarks } from './marks.ts';
import type { PersonReader } from './person.ts';
import { changedTickets, type FoundTicket, oneTicket } from './schema.ts';
import { createTicketUpdates } from './ticket-updates.ts';
import { oneUser } from './user-schema.ts';

/**
 * Incremental exports never hold the last minute, and refuse to begin in it. The second minute is for clocks that do
 * not agree; what is told twice does no harm.
 */
const lag = 2 * 60_000;

/** The most that an incremental export gives at once. */
const pageSize = '1000';

export function createTickets(
  client: ZendeskClient,
  { clock, personOf }: { clock: () => Date; personOf: PersonReader },
): Tickets {
  /**
   * Plans and roles differ in what they sideload, and nothing sideloads all addresses: who may be asked is looked up,
   * because another system may know them by another address.
   */
  async function requesterOf(
    { ticket, requesterId, users, organization }: FoundTicket,
    properties: readonly string[],
  ): Promise<ContactSnapshot | undefined> {
    if (requesterId === undefined) return undefined;
    const alongside = users.find(({ contact }) => contact.id === requesterId);
    const mayBeAsked = ticket.state === 'resolved' && alongside?.contact.staff !== true;
    const user =
      alongside && !mayBeAsked
        ? alongside
        : await client.find({
            lane: 'read',
            method: 'GET',
            path: `/users/${encodeURIComponent(requesterId)}`,
            query: { include: 'identities' },
            answer: oneUser,
          });
    if (!user || user.gone) return undefined;
    return { ...personOf(user, properties), ...(organization === undefined ? {} : { company: organization }) };
  }

  return {
    async find(id, { properties = [] } = {}) {
      const found = await client.find({
        lane: 'read',
        method: 'GET',
        path: `/tickets/${encodeURIComponent(id)}`,
        query: { include: 'users,groups,organizations,metric_sets' },
        answer: oneTicket,
      });
      if (!found) return undefined;
      const requester = await requesterOf(found, properties);
      return { ...found.ticket, ...(requester ? { requester } : {}) };
    },

    ...createMarks(client, createTicketUpdates(clock)),

    async changedSince(since, cursor) {
      const reachable = clock().getTime() - lag;
      const start = Math.floor(Math.min(since.getTime(), reachable) / 1000);
      const page = await client.call({
        lane: 'search',
        method: 'GET',
        path: '/incremental/tickets/cursor',
        query: { ...(cursor ? { cursor } : { start_time: String(start) }), per_page: pageSize },
        answer: changedTickets,
      });
      const next = page.cursor ?? cursor;
      const last = page.changes.at(-1)?.changedAt ?? since;
      return {
        changes: page.changes,
        ...(next === undefined ? {} : { cursor: next }),
        more: page.more,
        completeUntil: page.more ? last : new Date(reachable),
      };
    },
  };
}
