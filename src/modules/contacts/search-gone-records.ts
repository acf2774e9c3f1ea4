import type { Contacts } from '../../connector.ts';
import type { ContactSnapshot } from '../../model/contact.ts';
import { NotFound } from '../../model/errors.ts';
import { dayMs, minuteMs } from '../../model/time-units.ts';
import { runDue } from '../../platform/jobs/run-due.ts';
import { claimMs } from '../../platform/jobs/timing.ts';
import { findConnection, type LiveConnection, noteFailure } from '../connections/index.ts';
import { updateRecordLinks } from '../records/index.ts';
import type { ContactsContext } from './context.ts';
import { eraseContact } from './privacy/erase.ts';
import { findAddresses } from './queries/contacts.ts';
import { claimGone, type GoneRecord, withOtherRecord } from './queries/gone-records.ts';
import { addressesIn } from './queries/merges.ts';
import { followMerge, saveRecord } from './refresh-contact.ts';

const batch = 20;

/** So many looks go by the addresses: a vendor's search may not know at once who has one now. */
const checksByAddress = 2;
const betweenChecksMs = 10 * minuteMs;

/**
 * Looks for records that are gone. One that went up in another one is followed, by the contact's addresses, whether or
 * not the vendor told of a merge; one that is back is written anew. What is left was deleted, and where the vendor
 * tells nobody of a permanent deletion, it is asked every day: then the contact is erased here as well.
 */
export async function searchGoneRecords(
  context: ContactsContext,
  connectionId: string,
  signal: AbortSignal,
): Promise<void> {
  const { database, clock, monotonic, wake } = context;
  const live = context.connections.find(connectionId);
  const contacts = live?.capabilities.contacts;
  if (!live || !contacts) return;
  await runDue({
    async claim() {
      const row = await findConnection(database.db, connectionId);
      if (row?.status !== 'ready' || !(await live.lease.hold())) return undefined;
      const now = clock();
      const limit = Math.min(batch, contacts.batchSize);
      const until = new Date(now.getTime() + claimMs);
      const gone = await claimGone(database.db, connectionId, { now, until, limit });
      return gone.length === 0 ? undefined : gone;
    },
    async handle(gone) {
      try {
        await searchThese(context, live, contacts, gone);
        return undefined;
      } catch (failure) {
        await noteFailure(context, live, failure);
        return 'stop';
      }
    },
    again: () => wake('gone', connectionId),
    monotonic,
    signal,
  });
}

async function searchThese(
  context: ContactsContext,
  live: LiveConnection,
  contacts: Contacts,
  gone: readonly GoneRecord[],
): Promise<void> {
  const found = await contacts.find({ ids: gone.map(({ recordId }) => recordId) });
  const back = new Map(found.map((record) => [record.id, record]));
  const missing: GoneRecord[] = [];
  for (const link of gone) {
    const record = back.get(link.recordId);
    const winner = found.find(({ mergedIds }) => mergedIds?.includes(link.recordId));
    if (!record && winner) await follow(context, live, link, winner);
    else if (!record) missing.push(link);
    else {
      const { outOfSync = [] } = await saveRecord(context, live, { state: 'gone' }, record);
      await endSearch(context, link, 'back');
      for (const connectionId of outOfSync) await context.wake('write', connectionId);
    }
  }
  const left = await followThese(context, live, contacts, missing);
  await eraseThese(context, live, contacts, left);
}

/** @returns those that went up in no other record, as far as anybody knows */
async function followThese(
  context: ContactsContext,
  live: LiveConnection,
  contacts: Contacts,
  gone: readonly GoneRecord[],
): Promise<GoneRecord[]> {
  const { database } = context;
  const contactIds = gone.map(({ contactId }) => contactId);
  const others = await withOtherRecord(database.db, live.id, contactIds);
  const addresses = await findAddresses(database.db, contactIds);
  const left: GoneRecord[] = [];
  for (const link of gone) {
    if (others.has(link.contactId)) await endSearch(context, link, 'other_stands');
    // Later on, who has the address may be somebody else altogether.
    else if (link.goneChecks >= checksByAddress) left.push(link);
    else {
      const winner = await findByAddress(contacts, link, addresses.get(link.contactId) ?? []);
      if (winner) await follow(context, live, link, winner);
      else left.push(link);
    }
  }
  return left;
}

async function follow(
  context: ContactsContext,
  live: LiveConnection,
  link: GoneRecord,
  winner: ContactSnapshot,
): Promise<void> {
  const { outOfSync = [] } = await followMerge(context, live, link, winner);
  for (const connectionId of outOfSync) await context.wake('write', connectionId);
}

/** Nothing where several could be meant. */
async function findByAddress(
  contacts: Contacts,
  { recordId }: GoneRecord,
  addresses: readonly string[],
): Promise<ContactSnapshot | undefined> {
  const emails = addresses.slice(0, contacts.batchSize);
  if (emails.length === 0) return undefined;
  const found = (await contacts.find({ emails })).filter(
    (record) => record.id !== recordId && addressesIn(record).some((address) => emails.includes(address)),
  );
  return new Set(found.map(({ id }) => id)).size === 1 ? found[0] : undefined;
}

/** Nobody is erased before it is sure enough that the record went up in no other one. */
async function eraseThese(
  context: ContactsContext,
  live: LiveConnection,
  contacts: Contacts,
  gone: readonly GoneRecord[],
): Promise<void> {
  const deleted = gone.filter(({ goneChecks }) => goneChecks >= checksByAddress);
  const erased = new Set(deleted.length === 0 ? [] : await contacts.erased?.(deleted.map(({ recordId }) => recordId)));
  for (const link of gone) {
    if (erased.has(link.recordId)) await eraseContactOf(context, live, link);
    else await refreshAgain(context, live, link, contacts.erased !== undefined);
  }
}

async function eraseContactOf(
  context: ContactsContext,
  { workspaceId, id: actor }: LiveConnection,
  { contactId, id: gone }: GoneRecord,
): Promise<void> {
  try {
    await eraseContact(context, { workspaceId, contactId, because: 'vendor', actor, gone });
  } catch (failure) {
    // Somebody else may have been faster.
    if (!(failure instanceof NotFound)) throw failure;
  }
}

async function refreshAgain(
  { database, clock, wake }: ContactsContext,
  live: LiveConnection,
  { id, goneChecks }: GoneRecord,
  tellsDeletions: boolean,
): Promise<void> {
  const checks = goneChecks + 1;
  const soon = checks <= (tellsDeletions ? checksByAddress : checksByAddress - 1);
  const goneCheckAt = new Date(clock().getTime() + (soon ? betweenChecksMs : dayMs));
  const ends = !soon && !tellsDeletions;
  await updateRecordLinks(database.db, [id], { goneChecks: checks, goneCheckAt: ends ? null : goneCheckAt });
  if (soon) await wake('gone', live.id, goneCheckAt);
}

function endSearch({ database }: ContactsContext, { id }: GoneRecord, code: 'back' | 'other_stands'): Promise<void> {
  return updateRecordLinks(database.db, [id], { goneCheckAt: null, outcome: { code, params: {} } });
}
