import { findConnection } from '../../store/connections.ts';
import { markWritten } from '../../store/copies.ts';
import { type ClaimedCopy, claimBehind } from '../../store/copy-claims.ts';
import type { Context, LiveConnection } from '../context.ts';
import { standsAlready } from './stands-already.ts';
import { giveBack, type WritingTo, writeBatch } from './write-batch.ts';

/** How long a claim holds: longer than a write may take with all its waiting. */
const claim = 10 * 60_000;

/** After so many failures of the server in a row, one of the records may be to blame. */
const suspiciousAfter = 3;

/** Writes one batch of what is behind. @returns how many records it took on */
export async function writeBehind(context: Context, live: LiveConnection): Promise<number> {
  const { contacts } = live.capabilities;
  if (!contacts) return 0;
  const now = context.clock();
  const until = new Date(now.getTime() + claim);
  const claimed = await claimBehind(context.database.db, live.id, { now, until, limit: contacts.batchSize });
  if (claimed.length === 0) return 0;
  const to: WritingTo = { context, live, contacts, blocked: await blockedFields(context, live) };
  const left = await withoutDone(to, claimed);
  const failures = Math.max(0, ...left.map((copy) => copy.attempts));
  if (failures >= suspiciousAfter && left.length > 1) await writeSuspects(to, left, failures);
  else if (left.length > 0) await writeBatch(to, left);
  return claimed.length;
}

/** Where the last write may have happened, the record is read first: what stands there already is not written twice. */
async function withoutDone(to: WritingTo, claimed: readonly ClaimedCopy[]): Promise<readonly ClaimedCopy[]> {
  const { context, contacts } = to;
  const uncertain = claimed.filter((copy) => copy.uncertain);
  if (uncertain.length === 0) return claimed;
  try {
    const standing = await contacts.readScores(uncertain.map((copy) => copy.externalId));
    const done = uncertain.filter((copy) => standsAlready(copy.values, standing.get(copy.externalId)));
    await markWritten(context.database.db, done, context.clock());
    const ids = new Set(done.map((copy) => copy.id));
    return claimed.filter((copy) => !ids.has(copy.id));
  } catch (failure) {
    await giveBack(to, claimed, { because: 'the record could not be read' });
    throw failure;
  }
}

/**
 * The server failed on these again and again. One alone tells whether it is down, and then all of them wait; or
 * whether it serves others, and then ever smaller batches find the record that makes it fail.
 */
async function writeSuspects(to: WritingTo, copies: readonly ClaimedCopy[], failures: number): Promise<void> {
  const [canary, ...others] = [...copies].sort(() => Math.random() - 0.5);
  const size = Math.max(1, to.contacts.batchSize >> (failures - suspiciousAfter));
  const batches = Array.from({ length: Math.ceil(others.length / size) }, (_, index) =>
    others.slice(index * size, (index + 1) * size),
  );
  const waiting = canary ? [[canary], ...batches] : batches;
  let proven = false;
  try {
    while (waiting.length > 0) {
      await writeBatch(to, waiting.shift() ?? [], proven);
      proven = true;
    }
  } catch (failure) {
    await giveBack(to, waiting.flat(), { because: 'the server fails on another record of its batch' });
    throw failure;
  }
}

/** Fields that a person must mend first are left out, so that the others are still written. */
async function blockedFields({ database }: Context, live: LiveConnection): Promise<ReadonlySet<string>> {
  const row = await findConnection(database.db, live.id);
  const fields = (row?.findings ?? []).filter((finding) => finding.state === 'blocked');
  return new Set(
    fields.flatMap(({ subject }) => (subject.startsWith('field ') ? [subject.slice('field '.length)] : [])),
  );
}
