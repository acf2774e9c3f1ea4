import type { ContactSnapshot } from '../../domain/contact.ts';
import { UpstreamBusy } from '../../errors.ts';
import { type CopyRow, findCopy, updateCopies } from '../../store/copies.ts';
import { isErased } from '../../store/erasure.ts';
import { markGone } from '../../store/gone-records.ts';
import type { NoticeRow } from '../../store/notices.ts';
import { ensureContact } from '../../store/recognize.ts';
import type { Context, LiveConnection } from '../context.ts';
import { erasePerson } from '../privacy/erase.ts';
import type { Settled } from './settle-ticket.ts';

/** Of people who mean nothing to us, or nothing any more, nothing is kept: not even that their record changed. */
const nobody: Settled = { outcome: null };

/**
 * Reads a person's record as it is now: whether it still exists, whether it went up in another one, and whether
 * somebody ticked "Do not survey". A record that came back is written anew; one that its vendor has erased is the end
 * of everything we hold on its person.
 */
export async function lookAtContact(
  context: Context,
  live: LiveConnection,
  notices: readonly NoticeRow[],
): Promise<Settled> {
  const { contacts } = live.capabilities;
  const objectId = notices[0]?.objectId ?? '';
  const intoId = notices.findLast((notice) => notice.intoId !== null)?.intoId ?? objectId;
  const copy = await findCopy(context.database.db, live.id, objectId);
  if (!contacts || !copy || (await isErased(context.database.db, copy.contactId))) return nobody;
  // Some systems answer for a record that went up in another one with that other one, and some do not say which of two
  // records went up in the other: one that still stands did not.
  const found = await contacts.find({ ids: [...new Set([objectId, intoId])] });
  const record = found.find(({ id }) => id === objectId) ?? found.find(({ id }) => id === intoId) ?? found[0];
  if (notices.some(({ kind }) => kind === 'contact.erased')) {
    return eraseWithVendor(context, live, copy, record?.id === objectId);
  }
  if (!record) {
    await markGone(context.database.db, copy.id, context.clock());
    await context.wake('gone', live.id);
    return { outcome: { code: 'record_gone', params: {} } };
  }
  return record.id === objectId ? keepRecord(context, live, copy, record) : followMerge(context, live, copy, record);
}

/** A notice alone erases nobody: the vendor must know the record no more, and is asked again for some minutes. */
async function eraseWithVendor(
  context: Context,
  { workspaceId, id }: LiveConnection,
  { contactId, id: gone }: CopyRow,
  stands: boolean,
): Promise<Settled> {
  if (stands) throw new UpstreamBusy('a record that is said to be erased still stands', { concerns: 'request' });
  await erasePerson(context, { workspaceId, contactId, because: 'vendor', actor: id, gone });
  return { outcome: null };
}

/** What the record shows is kept; one that was gone is written anew. */
export async function keepRecord(
  context: Context,
  live: LiveConnection,
  copy: Pick<CopyRow, 'state'>,
  record: ContactSnapshot,
): Promise<Settled> {
  const { behind } = await context.database.transaction((tx) => ensureContact(tx, of(live), record, context.clock()));
  return copy.state === 'gone'
    ? { outcome: { code: 'record_back', params: {} }, behind: [live.id, ...behind] }
    : { outcome: { code: 'record_noted', params: {} }, behind };
}

/** The person of the record that is no more is the person of the one it went up in. */
export async function followMerge(
  context: Context,
  live: LiveConnection,
  copy: Pick<CopyRow, 'id' | 'externalId'>,
  record: ContactSnapshot,
): Promise<Settled> {
  const winner = { ...record, mergedIds: [...(record.mergedIds ?? []), copy.externalId ?? ''] };
  const { behind } = await context.database.transaction(async (tx) => {
    const recognized = await ensureContact(tx, of(live), winner, context.clock());
    const outcome = { code: 'merged', params: {} } as const;
    await updateCopies(tx, [copy.id], { state: 'gone', dueAt: null, goneCheckAt: null, outcome });
    return recognized;
  });
  return { outcome: { code: 'record_merged', params: {} }, behind: [live.id, ...behind] };
}

function of({ workspaceId, id }: LiveConnection): { workspaceId: string; connectionId: string } {
  return { workspaceId, connectionId: id };
}
