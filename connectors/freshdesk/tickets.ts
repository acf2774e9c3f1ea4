import type { Contacts, TicketChanges, Tickets } from '../../src/connector.ts';
import type { ContactSnapshot } from '../../src/model/contact.ts';
import type { TicketSnapshot } from '../../src/model/ticket.ts';
import { minuteMs } from '../../src/model/time-units.ts';
import { createAgents } from './agents.ts';
import type { FreshdeskClient } from './client.ts';
import { changedTickets, known, ticket } from './schema.ts';

/** Milliseconds after which a change is taken to be in the list. Freshdesk tells no delay; clocks may disagree. */
const lag = minuteMs;

/** Freshdesk shows tickets one by one: a batch is nothing but that many calls, few enough to be over soon. */
const batchSize = 10;

/** The most that a list gives at once, and how far it pages. */
const pageSize = 100;
const lastPage = 300;

export function createTickets(
  client: FreshdeskClient,
  { contacts, clock }: { contacts: Contacts; clock: () => Date },
): Tickets {
  const agents = createAgents(client, clock);

  /** An agent may ask, too; then there is no contact. */
  async function findRequester(
    id: string | undefined,
    options: { properties?: readonly string[] },
  ): Promise<ContactSnapshot | undefined> {
    if (id === undefined) return undefined;
    const [contact] = await contacts.find({ ids: [id] }, options);
    if (contact) return contact;
    const agent = await agents.find(id);
    if (!agent) return undefined;
    const emails = agent.email === undefined ? [] : [{ address: agent.email, verified: true }];
    return { ...agent, emails, staff: true };
  }

  async function findAgent(id: string | undefined) {
    return id === undefined ? undefined : { id, ...known({ name: (await agents.find(id))?.name }) };
  }

  async function findOne(id: string, options: { properties?: readonly string[] }): Promise<TicketSnapshot | undefined> {
    const { value: found } = await client.ask({
      lane: 'read',
      method: 'GET',
      path: `/tickets/${encodeURIComponent(id)}`,
      // Counts as two calls.
      query: { include: 'stats' },
      reads: ticket,
      tolerates: [404],
    });
    if (!found) return undefined;
    const [requester, agent] = await Promise.all([findRequester(found.requesterId, options), findAgent(found.agentId)]);
    return { ...found.ticket, ...known({ requester, agent }) };
  }

  return {
    batchSize,

    async find(ids, options = {}) {
      if (ids.length > batchSize) throw new RangeError(`a batch takes ${batchSize} tickets, not ${ids.length}`);
      const found = await Promise.all([...new Set(ids)].map((id) => findOne(id, options)));
      return found.filter((one) => one !== undefined);
    },

    async changedSince(since, cursor): Promise<TicketChanges> {
      const from = cursor === undefined ? { since: wholeSecond(since.getTime()), page: 1 } : readCursor(cursor);
      const { value } = await client.ask({
        lane: 'search',
        method: 'GET',
        path: '/tickets',
        query: {
          updated_since: writeTimestamp(from.since),
          order_by: 'updated_at',
          order_type: 'asc',
          per_page: String(pageSize),
          page: String(from.page),
        },
        reads: changedTickets,
      });
      const { length, changes } = value ?? { length: 0, changes: [] };
      const reachable = clock().getTime() - lag;
      if (length < pageSize) return { changes, more: false, completeUntil: new Date(reachable) };
      const last = changes.at(-1)?.changedAt.getTime() ?? from.since;
      return {
        changes,
        more: true,
        cursor: nextCursor(from, last),
        completeUntil: new Date(Math.min(last, reachable)),
      };
    },
  };
}

type Position = { since: number; page: number };

/**
 * Each page begins a new list where the last one ended, rather than at the next page: a ticket that changes meanwhile
 * moves to the end, and everything behind it would slip past a page. It begins a second earlier, because times are whole
 * seconds and nobody says whether `updated_since` takes in its own. Only within seconds that fill a page are there pages;
 * past the last one, those seconds are left.
 */
function nextCursor({ since, page }: Position, last: number): string {
  const next = last - 1000;
  if (next > since) return `${next}/1`;
  return page < lastPage ? `${since}/${page + 1}` : `${since + 1000}/1`;
}

function readCursor(cursor: string): Position {
  const [since, page] = cursor.split('/');
  return { since: Number(since), page: Number(page) };
}

function wholeSecond(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}

function writeTimestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
