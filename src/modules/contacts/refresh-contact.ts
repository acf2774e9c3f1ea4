import type { ContactSnapshot } from '../../model/contact.ts';
import { UpstreamBusy } from '../../model/errors.ts';
import type { LiveConnection } from '../connections/index.ts';
import { findRecordLink, inSync, type RecordLinkRow, updateRecordLinks } from '../records/index.ts';
import type { ContactsContext } from './context.ts';
import { eraseContact } from './privacy/erase.ts';
import { isErased } from './queries/erasure.ts';
import { markGone } from './queries/gone-records.ts';
import { ensureContact } from './queries/recognize.ts';
import type { Refreshed } from './refreshed.ts';

/** What a vendor's event says of a record. */
type ContactEvent = { kind: string; objectId: string; intoId: string | null };

/** Of contacts who mean nothing to us, or nothing any more, nothing is kept: not even that their record changed. */
const nothing: Refreshed = { outcome: null };

/**
 * Reads a contact's record as it is now: whether it still exists, whether it went up in another one, and whether
 * somebody ticked "Do not survey". A record that came back is written anew; one that its vendor has erased is the end
 * of everything we hold on its contact.
 */
export async function refreshContact(
  context: ContactsContext,
  live: LiveConnection,
  events: readonly ContactEvent[],
): Promise<Refreshed> {
  const { contacts } = live.capabilities;
  const objectId = events[0]?.objectId ?? '';
  const intoId = events.findLast((event) => event.intoId !== null)?.intoId ?? objectId;
  const recordLink = await findRecordLink(context.database.db, live.id, objectId);
  if (!contacts || !recordLink || (await isErased(context.database.db, recordLink.contactId))) return nothing;
  // Some systems answer for a record that went up in another one with that other one, and some do not say which of two
  // records went up in the other: one that still stands did not.
  const found = await contacts.find({ ids: [...new Set([objectId, intoId])] });
  const record = found.find(({ id }) => id === objectId) ?? found.find(({ id }) => id === intoId) ?? found[0];
  if (events.some(({ kind }) => kind === 'contact.erased')) {
    return eraseWithVendor(context, live, recordLink, record?.id === objectId);
  }
  if (!record) {
    await markGone(context.database.db, recordLink.id, context.clock());
    await context.wake('gone', live.id);
    return { outcome: { code: 'record_gone', params: {} } };
  }
  return record.id === objectId
    ? saveRecord(context, live, recordLink, record)
    : followMerge(context, live, recordLink, record);
}

/** An event alone erases nobody: the vendor must know the record no more, and is asked again for some minutes. */
async function eraseWithVendor(
  context: ContactsContext,
  { workspaceId, id }: LiveConnection,
  { contactId, id: gone }: RecordLinkRow,
  stands: boolean,
): Promise<Refreshed> {
  if (stands) throw new UpstreamBusy({ code: 'upstream.erased_record_stands', params: {} }, { concerns: 'request' });
  await eraseContact(context, { workspaceId, contactId, because: 'vendor', actor: id, gone });
  return { outcome: null };
}

/** What the record shows is kept; one that was gone is written anew. */
export async function saveRecord(
  context: ContactsContext,
  live: LiveConnection,
  recordLink: Pick<RecordLinkRow, 'state'>,
  record: ContactSnapshot,
): Promise<Refreshed> {
  const { outOfSync } = await context.database.transaction((tx) =>
    ensureContact(tx, of(live), record, context.clock()),
  );
  return recordLink.state === 'gone'
    ? { outcome: { code: 'record_back', params: {} }, outOfSync: [live.id, ...outOfSync] }
    : { outcome: { code: 'record_noted', params: {} }, outOfSync };
}

/** The contact of the record that is no more is the contact of the one it went up in. */
export async function followMerge(
  context: ContactsContext,
  live: LiveConnection,
  recordLink: Pick<RecordLinkRow, 'id' | 'recordId'>,
  record: ContactSnapshot,
): Promise<Refreshed> {
  const winner = { ...record, mergedIds: [...(record.mergedIds ?? []), recordLink.recordId ?? ''] };
  const { outOfSync } = await context.database.transaction(async (tx) => {
    const recognized = await ensureContact(tx, of(live), winner, context.clock());
    const outcome = { code: 'merged', params: {} } as const;
    await updateRecordLinks(tx, [recordLink.id], { ...inSync, state: 'gone', goneCheckAt: null, outcome });
    return recognized;
  });
  return { outcome: { code: 'record_merged', params: {} }, outOfSync: [live.id, ...outOfSync] };
}

function of({ workspaceId, id }: LiveConnection): { workspaceId: string; connectionId: string } {
  return { workspaceId, connectionId: id };
}
