import { UpstreamRefused } from '../../model/errors.ts';
import { minuteMs } from '../../model/time-units.ts';
import { findTimeZone } from '../../platform/workspaces/queries.ts';
import { findConnection, type LiveConnection } from '../connections/index.ts';
import type { ContactsContext } from '../contacts/index.ts';
import { markWritten, updateRecordLinks } from '../records/index.ts';
import { isAlreadyWritten } from './already-written.ts';
import { type ClaimedRecordLink, claimOutOfSync } from './queries/record-link-claims.ts';
import { sampleWritten } from './queries/written-record-links.ts';
import { refuseRecord } from './save-outcomes.ts';
import { findUnwritableFields } from './writable-values.ts';
import { giveBack, valuesFor, type WritingTo, writeBatch } from './write-batch.ts';

/** How long a claim holds: longer than a write may take with all its waiting. */
const writeClaimMs = 10 * minuteMs;

/** After so many failures of the server in a row, one of the records may be to blame. */
const suspiciousAfter = 3;

/** Writes one batch of what is out of sync. @returns how many records it took on */
export async function writePending(context: ContactsContext, live: LiveConnection): Promise<number> {
  const { contacts } = live.capabilities;
  if (!contacts) return 0;
  const { db } = context.database;
  const claimed = await claimSome(context, live, contacts.batchSize);
  if (claimed.length === 0) return 0;
  const blocked = await findUnwritableFields(db, live.id);
  // Read after they were claimed: whoever wants them cleared from now on lets this write count for nothing.
  const clears = (await findConnection(db, live.id))?.clearingSince != null;
  const timeZone = await findTimeZone(db, live.workspaceId);
  const to: WritingTo = { context, live, contacts, blocked, timeZone, clears };
  const left = await withoutDone(to, claimed);
  const failures = Math.max(0, ...left.map((recordLink) => recordLink.attempts));
  if (failures >= suspiciousAfter) await writeSuspects(to, await withWitness(to, left), failures);
  else if (left.length > 0) await writeBatch(to, left);
  return claimed.length;
}

function claimSome(
  { database, clock }: ContactsContext,
  live: LiveConnection,
  limit: number,
): Promise<ClaimedRecordLink[]> {
  const now = clock();
  return claimOutOfSync(database.db, live.id, { now, until: new Date(now.getTime() + writeClaimMs), limit });
}

/** Where the last write may have happened, the record is read first: what stands there already is not written twice. */
async function withoutDone(
  to: WritingTo,
  claimed: readonly ClaimedRecordLink[],
): Promise<readonly ClaimedRecordLink[]> {
  const { context, contacts } = to;
  const uncertain = claimed.filter((recordLink) => recordLink.uncertain);
  if (uncertain.length === 0) return claimed;
  try {
    const standing = await contacts.readFields(uncertain.map((recordLink) => recordLink.recordId));
    const done = uncertain.filter((recordLink) =>
      isAlreadyWritten(valuesFor(to, recordLink), standing.get(recordLink.recordId)),
    );
    const written = done.map(({ id, revision }) => ({ id, revision }));
    await markWritten(context.database.db, written, context.clock());
    const ids = new Set(done.map((recordLink) => recordLink.id));
    return claimed.filter((recordLink) => !ids.has(recordLink.id));
  } catch (failure) {
    if (failure instanceof UpstreamRefused && failure.concerns === 'request')
      return withoutRefused(to, claimed, failure);
    await giveBack(to, claimed, { outcome: { code: 'unread', params: {} } });
    throw failure;
  }
}

/** Halves what the vendor will not show until the record that is to blame stands alone. */
async function withoutRefused(
  to: WritingTo,
  claimed: readonly ClaimedRecordLink[],
  failure: UpstreamRefused,
): Promise<readonly ClaimedRecordLink[]> {
  const [first, ...others] = claimed;
  if (first && others.length === 0) {
    await refuseRecord(to.context, to.live, first, { code: 'failed', params: { why: failure.why } });
    return [];
  }
  const middle = Math.ceil(claimed.length / 2);
  const half = await withoutDone(to, claimed.slice(0, middle));
  return [...half, ...(await withoutDone(to, claimed.slice(middle)))];
}

/** Whether the server fails on one record or on all cannot be told from one: another, that stands, is written beside it. */
async function withWitness(
  to: WritingTo,
  suspects: readonly ClaimedRecordLink[],
): Promise<readonly ClaimedRecordLink[]> {
  const { context, live } = to;
  if (suspects.length > 1) return suspects;
  const [standing] = await sampleWritten(context.database.db, live.id, 1);
  if (!standing) return suspects;
  await updateRecordLinks(context.database.db, [standing.id], { dueAt: context.clock() });
  return [...suspects, ...(await claimSome(context, live, 1))];
}

/**
 * The server failed on these again and again. One alone tells whether it is down, and then all of them wait; or
 * whether it serves others, and then ever smaller batches find the record that makes it fail.
 */
async function writeSuspects(
  to: WritingTo,
  recordLinks: readonly ClaimedRecordLink[],
  failures: number,
): Promise<void> {
  const canary = leastSuspicious(recordLinks);
  const others = recordLinks.filter((recordLink) => recordLink !== canary);
  const size = Math.max(1, to.contacts.batchSize >> (failures - suspiciousAfter));
  const waiting = Array.from({ length: Math.ceil(others.length / size) }, (_, index) =>
    others.slice(index * size, (index + 1) * size),
  );
  try {
    if (canary) await writeBatch(to, [canary], 'doubted');
    while (waiting.length > 0) await writeBatch(to, waiting.shift() ?? [], 'served');
  } catch (failure) {
    await giveBack(to, waiting.flat(), { outcome: { code: 'batch_failed', params: {} } });
    throw failure;
  }
}

/** One of those that failed least; by chance, so that the one to blame is not chosen for ever. */
function leastSuspicious(recordLinks: readonly ClaimedRecordLink[]): ClaimedRecordLink | undefined {
  const least = Math.min(...recordLinks.map((recordLink) => recordLink.attempts));
  const candidates = recordLinks.filter((recordLink) => recordLink.attempts === least);
  return candidates[Math.floor(Math.random() * candidates.length)];
}
