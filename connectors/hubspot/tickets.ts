import type { Contacts, MarkOutcome, TicketChanges, Tickets } from '../../src/connector.ts';
import type { ContactSnapshot } from '../../src/domain/contact.ts';
import type { RecordValues } from '../../src/domain/record-fields.ts';
import type { TicketSnapshot } from '../../src/domain/ticket.ts';
import { type HubspotClient, paths } from './client.ts';
import { describeFault } from './failures.ts';
import { createOwners } from './owners.ts';
import { createRequesters } from './requesters.ts';
import { batch, type FoundTicket, identity, known, page, ticket, ticketProperties } from './schema.ts';
import { createStages } from './stages.ts';
import { markValues, noMark, ticketFields } from './ticket-fields.ts';
import { writeValues } from './values.ts';

/** Milliseconds after which HubSpot's search, which lags behind, is taken to have seen a change. */
const searchLag = 60_000;
const pageSize = 100;
/** HubSpot's limit for a batch of tickets; one of associations may be larger. */
const batchSize = 100;
/** HubSpot pages no further than this in one search. */
const mostResults = 10_000;

export function createTickets(
  client: HubspotClient,
  { contacts, clock }: { contacts: Contacts; clock: () => Date },
): Tickets {
  const stages = createStages(client, clock);
  const owners = createOwners(client, clock);
  const findRequesters = createRequesters(client, contacts);

  /** One ticket; the winner's, when it has lost a merge. */
  async function findOne(id: string): Promise<FoundTicket | undefined> {
    const { value } = await client.ask({
      lane: 'read',
      method: 'GET',
      path: `${paths.tickets}/${encodeURIComponent(id)}`,
      query: { properties: ticketProperties.join(',') },
      reads: ticket,
      tolerates: [404],
    });
    return value;
  }

  async function findMany(ids: readonly string[]): Promise<readonly FoundTicket[]> {
    const { value } = await client.ask({
      lane: 'read',
      method: 'POST',
      path: `${paths.tickets}/batch/read`,
      body: { inputs: ids.map((id) => ({ id })), properties: ticketProperties, propertiesWithHistory: [] },
      reads: batch(ticket),
      tolerates: [207, 404],
    });
    return value?.done ?? [];
  }

  /** A batch knows no merged-away ids, a look at one ticket does: what a batch has missed is looked up singly. */
  async function findTickets(ids: readonly string[]): Promise<ReadonlyMap<string, FoundTicket>> {
    const many = new Map((ids.length > 1 ? await findMany(ids) : []).map((found) => [found.id, found]));
    const missed = ids.filter((id) => !many.has(id));
    const singly = await Promise.all(missed.map(async (id) => [id, await findOne(id)] as const));
    return new Map([...many, ...singly.flatMap(([id, found]) => (found ? [[id, found] as const] : []))]);
  }

  /**
   * The agent and their team. HubSpot keeps the team of a ticket's owner on the ticket; its name stands with the owner
   * alone.
   */
  async function findAgent(ownerId: string | undefined, teamId: string | undefined) {
    const owner = ownerId === undefined ? undefined : await owners.find(ownerId);
    const team = owner?.teams.find(({ id, primary }) => (teamId === undefined ? primary : id === teamId));
    const groupId = teamId ?? team?.id;
    return {
      ...(ownerId === undefined ? {} : { agent: { id: ownerId, ...known({ name: owner?.name }) } }),
      ...(groupId === undefined ? {} : { group: { id: groupId, ...known({ name: team?.name }) } }),
    };
  }

  async function show(id: string, found: FoundTicket, requester: ContactSnapshot | undefined): Promise<TicketSnapshot> {
    if (found.id !== id) return { id, state: 'gone', merged: true, tags: [] };
    if (found.archived) return { id, state: 'gone', tags: [] };
    const [resolved, agency] = await Promise.all([stages.isClosed(found), findAgent(found.owner, found.team)]);
    const { subject, pipeline, priority, channel, satisfaction, createdAt, updatedAt } = found;
    return {
      id,
      state: resolved ? 'resolved' : 'open',
      // HubSpot's own word for what elsewhere are tags.
      tags: found.categories,
      ...agency,
      ...known({ resolvedAt: resolved ? found.closedAt : undefined, requester }),
      ...known({ subject, pipeline, priority, channel, satisfaction, createdAt, updatedAt }),
    };
  }

  /** A missing property of the ticket is shown, and stops nothing: scores are written all the same. */
  async function writeMark(id: string, values: RecordValues, result: 'marked' | 'unmarked'): Promise<MarkOutcome> {
    const { status, failure, fault } = await client.ask({
      lane: 'write',
      method: 'PATCH',
      path: `${paths.tickets}/${encodeURIComponent(id)}`,
      body: { properties: writeValues(values, ticketFields) },
      reads: identity,
      tolerates: [400, 404],
    });
    if (!failure) return { result };
    if (status === 404) return { result: 'gone' };
    return { result: 'refused', because: describeFault(fault) || 'HubSpot does not say why' };
  }

  return {
    batchSize,

    async find(asked, wishes = {}) {
      if (asked.length > batchSize) throw new RangeError(`HubSpot shows at most ${batchSize} tickets at once.`);
      const ids = [...new Set(asked)];
      const found = await findTickets(ids);
      // HubSpot answers for a ticket that lost a merge with the one that won it.
      const standing = ids.filter((id) => found.get(id)?.id === id && !found.get(id)?.archived);
      const requesters = await findRequesters(standing, wishes);
      const shown = ids.map(async (id) => {
        const one = found.get(id);
        return one && show(id, one, requesters.get(id));
      });
      return (await Promise.all(shown)).filter((snapshot) => snapshot !== undefined);
    },

    mark: (marks) =>
      Promise.all(
        marks.map(async (mark) => ({ id: mark.id, ...(await writeMark(mark.id, markValues(mark), 'marked')) })),
      ),
    unmark: (ids) => Promise.all(ids.map(async (id) => ({ id, ...(await writeMark(id, noMark, 'unmarked')) }))),

    async changedSince(since, cursor): Promise<TicketChanges> {
      const from = cursor === undefined ? { since: since.getTime(), after: undefined } : readCursor(cursor);
      const indexedUntil = clock().getTime() - searchLag;
      const { value } = await client.ask({
        lane: 'search',
        method: 'POST',
        path: `${paths.tickets}/search`,
        body: {
          filterGroups: [
            { filters: [{ propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: String(from.since) }] },
          ],
          sorts: [{ propertyName: 'hs_lastmodifieddate', direction: 'ASCENDING' }],
          properties: ['hs_lastmodifieddate'],
          limit: pageSize,
          after: from.after ?? '0',
        },
        reads: page(ticket),
      });
      const changes = (value?.items ?? []).flatMap(({ id, updatedAt }) =>
        updatedAt === undefined ? [] : [{ id, changedAt: updatedAt }],
      );
      const last = changes.at(-1)?.changedAt.getTime() ?? from.since;
      if (value?.after === undefined) return { changes, more: false, completeUntil: new Date(indexedUntil) };
      return {
        changes,
        more: true,
        cursor: nextCursor(from, last, value.after),
        completeUntil: new Date(Math.min(last, indexedUntil)),
      };
    },
  };
}

type Position = { since: number; after: string | undefined };

/**
 * Each page begins a new search where the last one ended, rather than at an offset: a ticket that changes meanwhile
 * moves to the end, and everything behind it would slip past an offset. It also passes the limit of 10,000 results.
 * Only within one instant that fills a page is there nothing but the offset; past the limit, that instant is left.
 */
function nextCursor(from: Position, last: number, after: string): string {
  if (last > from.since) return String(last);
  return Number(after) < mostResults ? `${from.since}/${after}` : String(from.since + 1);
}

function readCursor(cursor: string): Position {
  const [since, after] = cursor.split('/');
  return { since: Number(since), after };
}
