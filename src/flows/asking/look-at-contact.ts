import { linkRecord } from '../../store/contacts.ts';
import { findCopy, updateCopies } from '../../store/copies.ts';
import type { NoticeRow } from '../../store/notices.ts';
import type { Context, LiveConnection } from '../context.ts';
import type { Settled } from './settle-ticket.ts';

/**
 * Reads a person's record as it is now: whether it still exists, and whether somebody ticked "Do not survey". A record
 * that came back is written anew.
 */
export async function lookAtContact(
  context: Context,
  live: LiveConnection,
  notices: readonly NoticeRow[],
): Promise<Settled> {
  const { contacts } = live.capabilities;
  const [{ objectId } = { objectId: '' }] = notices;
  const copy = await findCopy(context.database.db, live.id, objectId);
  if (!contacts || !copy) return { outcome: 'nobody we know' };
  const [record] = (await contacts.find({ ids: [objectId] })).filter((found) => found.id === objectId);
  const now = context.clock();
  if (!record) {
    const outcome = 'the record is gone';
    await updateCopies(context.database.db, [copy.id], { state: 'gone', dueAt: null, outcome });
    return { outcome };
  }
  const cameBack = copy.state === 'gone';
  await context.database.transaction(async (tx) => {
    await linkRecord(tx, copy, record, now);
    if (cameBack) await updateCopies(tx, [copy.id], { dueAt: now, attempts: 0, parkedAt: null });
  });
  if (!cameBack) return { outcome: 'noted' };
  await context.wake('write', live.id);
  return { outcome: 'the record is back: it is written anew' };
}
