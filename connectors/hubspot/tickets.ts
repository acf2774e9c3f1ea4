import type { Contacts, Tickets } from '../../src/connector.ts';
import type { TicketSnapshot } from '../../src/model/ticket.ts';
import { type HubspotClient, paths } from './client.ts';
import { readHandler } from './handlers.ts';
import { createOwners } from './owners.ts';
import { createRequesters, type Opening } from './requesters.ts';
import { batch, known } from './schema.ts';
import { createStages } from './stages.ts';
import { readChanges } from './ticket-changes.ts';
import { createMarks } from './ticket-marks.ts';
import { type FoundTicket, ticket, ticketHistory, ticketProperties } from './ticket-schema.ts';

/** HubSpot's limit for a batch of tickets; one of associations may be larger. */
const batchSize = 100;
/** With the history of a property, a batch takes fewer. */
const batchSizeWithHistory = 50;

export function createTickets(
  client: HubspotClient,
  { contacts, clock, unwritable }: { contacts: Contacts; clock: () => Date; unwritable: ReadonlySet<string> },
): Tickets {
  const stages = createStages(client, clock);
  const owners = createOwners(client, clock);
  const findRequesters = createRequesters(client, { contacts, clock });

  /** One ticket; the winner's, when it has lost a merge. */
  async function findOne(id: string): Promise<FoundTicket | undefined> {
    const { value } = await client.ask({
      lane: 'read',
      method: 'GET',
      path: `${paths.tickets}/${encodeURIComponent(id)}`,
      query: { properties: ticketProperties.join(','), propertiesWithHistory: ticketHistory.join(',') },
      reads: ticket,
      tolerates: [404],
    });
    return value;
  }

  async function findMany(ids: readonly string[]): Promise<readonly FoundTicket[]> {
    const withHistory = ids.length <= batchSizeWithHistory;
    const found = await readBatch(ids, ticketProperties, withHistory ? ticketHistory : []);
    if (withHistory) return found;
    // Only of those without an owner does it matter what closed them.
    const closed = await Promise.all(found.map(async (one) => one.owner === undefined && (await stages.isClosed(one))));
    const asked = found.filter((_one, index) => closed[index]).map(({ id }) => id);
    const sources = new Map<string, string | undefined>();
    for (let start = 0; start < asked.length; start += batchSizeWithHistory) {
      const some = await readBatch(asked.slice(start, start + batchSizeWithHistory), [], ticketHistory);
      for (const { id, stageSource } of some) sources.set(id, stageSource);
    }
    return found.map((one) => ({ ...one, stageSource: sources.get(one.id) }));
  }

  async function readBatch(
    ids: readonly string[],
    properties: readonly string[],
    propertiesWithHistory: readonly string[],
  ): Promise<readonly FoundTicket[]> {
    const { value } = await client.ask({
      lane: 'read',
      method: 'POST',
      path: `${paths.tickets}/batch/read`,
      body: { inputs: ids.map((id) => ({ id })), properties, propertiesWithHistory },
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

  async function show(id: string, found: FoundTicket, opening: Opening): Promise<TicketSnapshot> {
    if (found.id !== id) return { id, state: 'gone', merged: true, tags: [] };
    if (found.archived) return { id, state: 'gone', tags: [] };
    const [resolved, agency] = await Promise.all([stages.isClosed(found), findAgent(found.owner, found.team)]);
    const { subject, pipeline, priority, channel, createdAt, updatedAt } = found;
    return {
      id,
      state: resolved ? 'resolved' : 'open',
      // HubSpot's own word for what elsewhere are tags.
      tags: found.categories,
      ...agency,
      ...opening,
      ...known(resolved ? { resolvedAt: found.closedAt, handler: readHandler(found) } : {}),
      ...(found.isUnanswered ? { publicReplies: 0 } : {}),
      ...known({ subject, pipeline, priority, channel, createdAt, updatedAt }),
    };
  }

  return {
    batchSize,

    async find(asked, requests = {}) {
      if (asked.length > batchSize) throw new RangeError(`HubSpot shows at most ${batchSize} tickets at once.`);
      const ids = [...new Set(asked)];
      const found = await findTickets(ids);
      // HubSpot answers for a ticket that lost a merge with the one that won it.
      const standing = [...found].flatMap(([id, one]) => (one.id === id && !one.archived ? [one] : []));
      const requesters = await findRequesters(standing, requests);
      const shown = ids.map(async (id) => {
        const one = found.get(id);
        return one && show(id, one, requesters.get(id) ?? {});
      });
      return (await Promise.all(shown)).filter((snapshot) => snapshot !== undefined);
    },

    ...createMarks(client, unwritable),

    changedSince: (since, cursor) => readChanges(client, { since, cursor, now: clock() }),
  };
}
