import type { Tickets } from '../../src/connector.ts';
import { minuteMs } from '../../src/model/time-units.ts';
import type { ZendeskClient } from './client.ts';
import type { ContactReader } from './contact-reader.ts';
import type { JobSlots } from './job-slots.ts';
import { createMarks } from './marks.ts';
import { changedTickets, type FoundTicket, severalTickets } from './schema.ts';
import { showMany } from './show-many.ts';
import { createTagJobs } from './tag-jobs.ts';
import { createTicketUpdates } from './ticket-updates.ts';
import { severalUsers, type ZendeskUser } from './user-schema.ts';

/**
 * Incremental exports never hold the last minute, and refuse to begin in it. The second minute is for clocks that do
 * not agree; what is told twice does no harm.
 */
const lag = 2 * minuteMs;

/**
 * The most that an incremental export gives at once, and the tickets of AI agents as well, which it leaves out unless
 * asked. https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/
 */
const everyTicket = { per_page: '1000', support_type_scope: 'all' };

/** The most that show_many takes, of tickets and of users. */
const batchSize = 100;

export function createTickets(
  client: ZendeskClient,
  { clock, contactOf, slots }: { clock: () => Date; contactOf: ContactReader; slots: JobSlots },
): Tickets {
  /**
   * Plans and roles differ in what they sideload, and nothing sideloads all addresses: whoever may be asked is looked
   * up, because another system may know them by another address.
   */
  async function requestersOf(found: readonly FoundTicket[]): Promise<ReadonlyMap<string, ZendeskUser>> {
    const alongside = new Map(found.flatMap(({ users }) => users).map((user) => [user.contact.id, user]));
    const requesterIds = found.flatMap(({ ticket, requesterId }) => {
      const user = alongside.get(requesterId ?? '');
      const mayBeAsked = ticket.state === 'resolved' && user?.contact.staff !== true;
      return requesterId !== undefined && (!user || mayBeAsked) ? [requesterId] : [];
    });
    const ids = [...new Set(requesterIds)];
    const users = await showMany(client, { list: '/users', ids, include: 'identities', answer: severalUsers });
    for (const id of requesterIds) alongside.delete(id);
    for (const user of users) alongside.set(user.contact.id, user);
    return alongside;
  }

  return {
    batchSize,

    /** Deleted tickets are left out by Zendesk. */
    async find(ids, { properties = [] } = {}) {
      if (ids.length > batchSize) throw new RangeError(`Zendesk shows at most ${batchSize} tickets at once.`);
      const include = 'users,groups,organizations,metric_sets';
      const found = await showMany(client, { list: '/tickets', ids, include, answer: severalTickets });
      const users = await requestersOf(found);
      return found.map(({ ticket, requesterId, organization }) => {
        const user = users.get(requesterId ?? '');
        if (!user || user.gone) return ticket;
        const company = organization === undefined ? {} : { company: organization };
        return { ...ticket, requester: { ...contactOf(user, properties), ...company } };
      });
    },

    ...createMarks(client, { updates: createTicketUpdates(clock), jobs: createTagJobs(client, { clock, slots }) }),

    async changedSince(since, cursor) {
      const reachable = clock().getTime() - lag;
      const start = Math.floor(Math.min(since.getTime(), reachable) / 1000);
      const page = await client.call({
        lane: 'search',
        method: 'GET',
        path: '/incremental/tickets/cursor',
        query: { ...(cursor ? { cursor } : { start_time: String(start) }), ...everyTicket },
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
