import type { Contacts } from '../../src/connector.ts';
import type { ContactSnapshot } from '../../src/domain/contact.ts';
import { type HubspotClient, paths } from './client.ts';
import { type Association, associations, batch } from './schema.ts';

/** Who opened these tickets, by ticket; absent while nobody is associated. */
export type FindRequesters = (
  ticketIds: readonly string[],
  wishes: { properties?: readonly string[] },
) => Promise<ReadonlyMap<string, ContactSnapshot>>;

export function createRequesters(client: HubspotClient, contacts: Contacts): FindRequesters {
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

  async function findPeople(
    ids: readonly string[],
    wishes: { properties?: readonly string[] },
  ): Promise<ReadonlyMap<string, ContactSnapshot>> {
    const unique = [...new Set(ids)];
    const people: ContactSnapshot[] = [];
    for (let start = 0; start < unique.length; start += contacts.batchSize) {
      people.push(...(await contacts.find({ ids: unique.slice(start, start + contacts.batchSize) }, wishes)));
    }
    return new Map(people.flatMap((person) => [person.id, ...(person.mergedIds ?? [])].map((id) => [id, person])));
  }

  return async function findRequesters(
    ids: readonly string[],
    wishes: { properties?: readonly string[] },
  ): Promise<ReadonlyMap<string, ContactSnapshot>> {
    const associated = await findAssociated(ids);
    const contactIds = [...associated.values()].flat().map(({ contactId }) => contactId);
    const people = await findPeople(contactIds, wishes);
    return new Map(
      [...associated].flatMap(([id, contacts]) => {
        const requester = chooseRequester(contacts, people);
        return requester ? [[id, requester] as const] : [];
      }),
    );
  };
}

/**
 * Several contacts may be associated. The labelled primary one is the requester, else the one with the lowest id that
 * has an address.
 */
function chooseRequester(
  associated: readonly Association[],
  people: ReadonlyMap<string, ContactSnapshot>,
): ContactSnapshot | undefined {
  const found = associated
    .flatMap(({ contactId }) => people.get(contactId) ?? [])
    .toSorted((a, b) => byAge(a.id, b.id));
  const primary = associated.find((one) => one.primary)?.contactId;
  return (
    (primary === undefined ? undefined : people.get(primary)) ??
    found.find(({ email }) => email !== undefined) ??
    found[0]
  );
}

/** Ids are numbers that grow. */
function byAge(a: string, b: string): number {
  return Number(a) - Number(b);
}
