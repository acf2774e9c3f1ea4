import type { Contacts } from '../../src/connector.ts';
import type { ContactSnapshot } from '../../src/model/contact.ts';
import type { TicketSnapshot } from '../../src/model/ticket.ts';
import { hourMs } from '../../src/model/time-units.ts';
import { type HubspotClient, paths } from './client.ts';
import { batch } from './schema.ts';
import { type Association, associations, type FoundTicket, thread } from './ticket-schema.ts';

/** What is known of who opened a ticket, and of whether it is spam. */
export type Opening = Pick<TicketSnapshot, 'requester' | 'requesterBy' | 'spam'>;

/** Who opened these tickets, by ticket; absent while nobody is associated. */
export type FindRequesters = (
  tickets: readonly FoundTicket[],
  options: { properties?: readonly string[] },
) => Promise<ReadonlyMap<string, Opening>>;

/** Milliseconds for which we believe that we may not read threads. */
const believed = hourMs;

export function createRequesters(
  client: HubspotClient,
  { contacts, clock }: { contacts: Contacts; clock: () => Date },
): FindRequesters {
  let unauthorizedAt = Number.NEGATIVE_INFINITY;

  /** The contacts of each ticket. While an association is still on its way, HubSpot reports its ticket as a fault. */
  async function findAssociated(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Association[]>> {
    if (ids.length === 0) return new Map();
    const { value } = await client.ask({
      lane: 'read',
      method: 'POST',
      path: `${paths.ticketContacts}/batch/read`,
      body: { inputs: ids.map((id) => ({ id })) },
      reads: batch(associations),
      tolerates: [207, 404],
    });
    return new Map((value?.done ?? []).map(({ ticketId, contacts }) => [ticketId, contacts]));
  }

  async function findRecords(
    ids: readonly string[],
    options: { properties?: readonly string[] },
  ): Promise<ReadonlyMap<string, ContactSnapshot>> {
    const unique = [...new Set(ids)];
    const records: ContactSnapshot[] = [];
    for (let start = 0; start < unique.length; start += contacts.batchSize) {
      records.push(...(await contacts.find({ ids: unique.slice(start, start + contacts.batchSize) }, options)));
    }
    return new Map(records.flatMap((record) => [record.id, ...(record.mergedIds ?? [])].map((id) => [id, record])));
  }

  /** The conversation that a ticket came of. Reading it needs a scope of its own, which an admin may not have granted. */
  async function findThread(id: string | undefined) {
    if (id === undefined || clock().getTime() - unauthorizedAt < believed) return undefined;
    const { status, value } = await client.ask({
      lane: 'read',
      method: 'GET',
      path: `${paths.threads}/${encodeURIComponent(id)}`,
      reads: thread,
      tolerates: [400, 403, 404],
    });
    if (status === 403) unauthorizedAt = clock().getTime();
    return value;
  }

  async function open(
    { threadId }: FoundTicket,
    associated: readonly Association[],
    records: ReadonlyMap<string, ContactSnapshot>,
  ): Promise<Opening> {
    const several = new Set(associated.flatMap(({ recordId }) => records.get(recordId) ?? []));
    const [only] = several;
    if (several.size < 2) return only ? { requester: only } : {};
    const began = await findThread(threadId);
    const spam = began?.spam ? { spam: true } : {};
    const writer = records.get(began?.recordId ?? '');
    // Of somebody who is not in the CRM, HubSpot gives the number of a visitor.
    if (writer && several.has(writer)) return { requester: writer, requesterBy: 'wrote_first', ...spam };
    const primary = records.get(associated.find((one) => one.primary)?.recordId ?? '');
    if (primary) return { requester: primary, requesterBy: 'labelled_primary', ...spam };
    const oldest = [...several].toSorted((a, b) => byAge(a.id, b.id));
    const requester = oldest.find(({ email }) => email !== undefined) ?? only;
    return { ...(requester ? { requester, requesterBy: 'oldest_record' } : {}), ...spam };
  }

  return async function findRequesters(tickets, options) {
    const associated = await findAssociated(tickets.map(({ id }) => id));
    const recordIds = [...associated.values()].flat().map(({ recordId }) => recordId);
    const records = await findRecords(recordIds, options);
    const openings = tickets.map(
      async (one) => [one.id, await open(one, associated.get(one.id) ?? [], records)] as const,
    );
    return new Map(await Promise.all(openings));
  };
}

/** Ids are numbers that grow. */
function byAge(a: string, b: string): number {
  return Number(a) - Number(b);
}
