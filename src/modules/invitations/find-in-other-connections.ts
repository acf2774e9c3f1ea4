import type { ContactSnapshot } from '../../model/contact.ts';
import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import { dayMs } from '../../model/time-units.ts';
import {
  type ConnectionRow,
  checkAgainAfterMs,
  type LiveConnection,
  listConnections,
  noteFailure,
} from '../connections/index.ts';
import {
  addressesIn,
  ensureContact,
  findAddresses,
  knownContacts,
  markSearched,
  noteMissing,
  notSearched,
} from '../contacts/index.ts';
import { findRecordIds } from '../records/index.ts';
import type { InvitationsContext } from './context.ts';
import type { Obstacle } from './defer.ts';
import { type RefreshedSource, refreshAgainAfterMs } from './refresh-due.ts';

/** How long it holds that a system knows nobody with a contact's addresses. */
const holdsForMs = 30 * dayMs;

/** How long an email waits for a connection that was refused, before it is sent without what that system knows. */
const patienceMs = dayMs;

/** What is known of one contact beyond what was read already. */
type Known = {
  records: ContactSnapshot[];
  /** The systems that could not be asked, by their names. */
  unseen: string[];
  obstacle: Obstacle | undefined;
};

/** An invitation that may be decided, with what the other systems show; or what it has to wait for. */
export type SeenElsewhere = { read: RefreshedSource; obstacle?: Obstacle };

/**
 * Reads the records of those about to be asked in every other connection of the workspace, many at once, and looks by
 * address for those of whom a connection may have one that was never looked for: an opt-out, a bounce, or "Do not
 * survey" holds whichever system says so. While a system does not answer, its contacts wait; one that was refused is
 * waited for a day, and then the decision says that it was not asked.
 */
export async function findInOtherConnections(
  context: InvitationsContext,
  workspaceId: string,
  reads: readonly RefreshedSource[],
): Promise<SeenElsewhere[]> {
  const { database } = context;
  const known = new Map<string, Known>();
  for (const { invitation } of reads) known.set(invitation.contactId, { records: [], unseen: [], obstacle: undefined });
  const connections = (await listConnections(database.db)).filter((row) => row.workspaceId === workspaceId);
  if (known.size > 0 && connections.length > 1) {
    // First of all what was read of their own ticket: an address that it shows no more is not looked for.
    await saveRequesters(context, workspaceId, reads);
    for (const row of connections) await readRecords(context, row, unread(reads, row), known);
    for (const row of connections) await lookByAddress(context, row, unread(reads, row), known);
  }
  return reads.map((read) => {
    const { records = [], unseen = [], obstacle } = known.get(read.invitation.contactId) ?? {};
    const seen = { ...read, elsewhere: records, unseen: [...new Set(unseen)] };
    return obstacle ? { read: seen, obstacle } : { read: seen };
  });
}

/** Those of whom nothing was read in this connection yet. */
function unread(reads: readonly RefreshedSource[], { id }: ConnectionRow): string[] {
  const others = reads.filter((read) =>
    'ticket' in read ? read.connection.id !== id : read.shown.every(({ connection }) => connection.id !== id),
  );
  return [...new Set(others.map(({ invitation }) => invitation.contactId))];
}

async function saveRequesters(
  context: InvitationsContext,
  workspaceId: string,
  reads: readonly RefreshedSource[],
): Promise<void> {
  const byConnection = Map.groupBy(
    reads.flatMap((read) =>
      'ticket' in read && read.snapshot?.requester
        ? [{ connectionId: read.connection.id, record: read.snapshot.requester, of: read.invitation.contactId }]
        : [],
    ),
    ({ connectionId }) => connectionId,
  );
  for (const [connectionId, shown] of byConnection) {
    const links = await findRecordIds(
      context.database.db,
      shown.map(({ of }) => of),
    );
    const linked = shown.filter(({ of, record }) => links.get(of)?.get(connectionId)?.includes(record.id));
    await saveRecords(
      context,
      { workspaceId, connectionId },
      linked.map(({ record }) => record),
    );
  }
}

async function readRecords(
  context: InvitationsContext,
  row: ConnectionRow,
  contactIds: readonly string[],
  known: ReadonlyMap<string, Known>,
): Promise<void> {
  const links = await findRecordIds(context.database.db, contactIds);
  const owners = new Map(
    contactIds.flatMap((id) => (links.get(id)?.get(row.id) ?? []).map((record) => [record, id] as const)),
  );
  const found = await ask(context, row, { by: 'ids', keys: [...owners.keys()] }, (key) => {
    const owner = known.get(owners.get(key) ?? '');
    return owner ? [owner] : [];
  });
  await saveRecords(context, { workspaceId: row.workspaceId, connectionId: row.id }, found);
  for (const record of found) {
    // Of a record that went up in another one, some systems show that other one.
    const concerned = [record.id, ...(record.mergedIds ?? [])].flatMap((id) => owners.get(id) ?? []);
    for (const owner of new Set(concerned)) known.get(owner)?.records.push(record);
  }
}

async function lookByAddress(
  context: InvitationsContext,
  row: ConnectionRow,
  contactIds: readonly string[],
  known: ReadonlyMap<string, Known>,
): Promise<void> {
  const { database, clock } = context;
  const of = { workspaceId: row.workspaceId, connectionId: row.id };
  const unsearched = await notSearched(database.db, row.id, contactIds, new Date(clock().getTime() - holdsForMs));
  const addresses = await findAddresses(database.db, unsearched);
  const owners = Map.groupBy(
    [...addresses].flatMap(([id, all]) => all.map((address) => ({ id, address }))),
    ({ address }) => address,
  );
  const owning = (address: string) => (owners.get(address) ?? []).flatMap(({ id }) => known.get(id) ?? []);
  const found = await ask(context, row, { by: 'emails', keys: [...owners.keys()] }, owning);
  await saveRecords(context, of, found);
  for (const record of found) {
    for (const owner of new Set(addressesIn(record).flatMap(owning))) owner.records.push(record);
  }
  const isAnswered = ({ unseen, obstacle }: Known) => !obstacle && !unseen.includes(nameOf(context, row));
  const answered = [...addresses.keys()].filter((id) => [known.get(id) ?? []].flat().every(isAnswered));
  await database.transaction((tx) => markSearched(tx, of, answered, clock()));
}

/** Makes our picture what these records show, where it is not already. */
async function saveRecords(
  context: InvitationsContext,
  of: { workspaceId: string; connectionId: string },
  records: readonly ContactSnapshot[],
): Promise<void> {
  const { database, clock, wake } = context;
  const shown = records.map((record) => ({ connectionId: of.connectionId, record }));
  const unchanged = await knownContacts(database.db, of.workspaceId, shown);
  for (const one of shown) {
    if (unchanged.has(one)) continue;
    const { outOfSync } = await database.transaction((tx) => ensureContact(tx, of, one.record, clock()));
    for (const connectionId of outOfSync) await wake('write', connectionId);
  }
}

type Asking = { by: 'ids' | 'emails'; keys: readonly string[] };

/** What a connection shows; whoever it cannot be asked about waits, or is noted as unseen. */
async function ask(
  context: InvitationsContext,
  row: ConnectionRow,
  { by, keys }: Asking,
  concerned: (key: string) => readonly Known[],
): Promise<ContactSnapshot[]> {
  if (keys.length === 0) return [];
  const live = context.connections.find(row.id);
  const fail = (some: readonly string[], obstacle: Obstacle | undefined) => {
    for (const one of new Set(some.flatMap(concerned))) {
      if (obstacle) one.obstacle ??= obstacle;
      else one.unseen.push(nameOf(context, row));
    }
  };
  if (!live || row.status === 'unauthorized') {
    const since = row.unauthorizedAt ?? row.createdAt;
    const isGivenUp = context.clock().getTime() - since.getTime() >= patienceMs;
    fail(
      keys,
      isGivenUp
        ? undefined
        : waitingFor(nameOf(context, row), 'connection_unauthorized', later(context, checkAgainAfterMs)),
    );
    return [];
  }
  const { contacts } = live.capabilities;
  if (!contacts) return [];
  const found: ContactSnapshot[] = [];
  for (let from = 0; from < keys.length; from += contacts.batchSize) {
    const some = keys.slice(from, from + contacts.batchSize);
    found.push(...(await askSome(context, live, { by, keys: some }, fail)));
  }
  return found;
}

/** Refused as a whole, they are halved until the one that the vendor will not look for stands alone. */
async function askSome(
  context: InvitationsContext,
  live: LiveConnection,
  { by, keys }: Asking,
  fail: (keys: readonly string[], obstacle: Obstacle | undefined) => void,
): Promise<readonly ContactSnapshot[]> {
  try {
    const found = (await live.capabilities.contacts?.find(by === 'ids' ? { ids: keys } : { emails: keys })) ?? [];
    if (by === 'ids') await noteMissing(context, live.id, { asked: keys, found: found.map(({ id }) => id) });
    return found;
  } catch (failure) {
    if (!(failure instanceof UpstreamBusy || failure instanceof UpstreamRefused)) throw failure;
    if (failure instanceof UpstreamRefused && failure.concerns === 'request') {
      const middle = Math.ceil(keys.length / 2);
      if (keys.length === 1) fail(keys, undefined);
      else {
        const halves = [keys.slice(0, middle), keys.slice(middle)];
        return (await Promise.all(halves.map((half) => askSome(context, live, { by, keys: half }, fail)))).flat();
      }
      return [];
    }
    const until = failure.concerns === 'connection' ? await noteFailure(context, live, failure) : later(context);
    fail(keys, waitingFor(live.connector.title, 'connection_busy', until));
    return [];
  }
}

function waitingFor(system: string, code: 'connection_unauthorized' | 'connection_busy', until: Date): Obstacle {
  return { reason: { code, params: { kind: 'elsewhere', system } }, until };
}

function nameOf({ sources, connections }: InvitationsContext, row: ConnectionRow): string {
  const source = sources.find(({ connector }) => connector.name === row.connector);
  return connections.find(row.id)?.connector.title ?? source?.connector.title ?? row.connector;
}

function later({ clock }: InvitationsContext, wait = refreshAgainAfterMs): Date {
  return new Date(clock().getTime() + wait);
}
