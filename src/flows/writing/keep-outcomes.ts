import type { WriteOutcome } from '../../connector.ts';
import type { RecordOutcome, WriteRefusal } from '../../domain/write-outcome.ts';
import { markWritten, moveCopy, postponeCopies, updateCopies } from '../../store/copies.ts';
import { markGone } from '../../store/gone-records.ts';
import type { Context, LiveConnection } from '../context.ts';

/** A copy under an unfinished write, with the revision that is being written. */
export type Written = { id: string; externalId: string; revision: number; attempts: number };

/** After so many tries of its own a record is parked and shown. */
const lastTry = 6;

/** Keeps what became of each record; a record without an outcome is one whose fate is unknown. */
export async function keepOutcomes(
  context: Context,
  live: LiveConnection,
  copies: readonly Written[],
  outcomes: readonly WriteOutcome[],
): Promise<void> {
  const { database, clock } = context;
  const byRecord = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  const written: { id: string; revision: number }[] = [];
  for (const copy of copies) {
    const outcome = byRecord.get(copy.externalId) ?? { id: copy.externalId, result: 'unknown' as const };
    if (outcome.result === 'written') written.push({ id: copy.id, revision: copy.revision });
    else await keepOutcome(context, live, copy, outcome);
  }
  await markWritten(database.db, written, clock());
}

const ended = { writingRevision: null, receipt: null, claimedUntil: null };

async function keepOutcome(
  context: Context,
  live: LiveConnection,
  copy: Written,
  outcome: Exclude<WriteOutcome, { result: 'written' }>,
): Promise<void> {
  const { database, clock, wake } = context;
  switch (outcome.result) {
    case 'gone':
      await markGone(database.db, copy.id, clock(), ended);
      await wake('gone', live.id);
      break;
    case 'moved':
      await moveCopy(database.db, copy.id, outcome.to, clock());
      break;
    case 'unknown':
      await tryLater(context, copy, { outcome: { code: 'unknown', params: {} }, uncertain: true });
      break;
    case 'busy':
      await tryLater(context, copy, { outcome: { code: 'busy', params: {} }, wait: outcome.retryAfter });
      break;
    case 'refused':
      await refuseRecord(context, live, copy, outcome.why);
      break;
  }
}

/** How long a record waits where the vendor did not say. */
const usualWait = 2000;

async function tryLater(
  { database, clock }: Context,
  copy: Written,
  {
    outcome,
    wait = usualWait,
    uncertain = false,
  }: { outcome: RecordOutcome; wait?: number | undefined; uncertain?: boolean },
): Promise<void> {
  const dueAt = new Date(clock().getTime() + wait);
  await postponeCopies(database.db, [copy.id], { dueAt, outcome, counts: false, uncertain });
}

/** A record that cannot be written fails alone, backs off, and is parked and shown after its last try. */
export async function refuseRecord(
  { database, clock, log }: Context,
  live: LiveConnection,
  copy: Pick<Written, 'id' | 'attempts'> & { externalId?: string },
  why: WriteRefusal,
): Promise<void> {
  if (copy.attempts + 1 >= lastTry) {
    const outcome: RecordOutcome = { code: 'given_up', params: { why } };
    await updateCopies(database.db, [copy.id], { ...ended, dueAt: null, parkedAt: clock(), outcome });
    log.warn(
      { code: 'record.failed', connector: live.connector.name, connection: live.id, record: copy.externalId, why },
      'A record cannot be written and was given up.',
    );
    return;
  }
  const dueAt = new Date(clock().getTime() + 1000 * 2 ** copy.attempts);
  await postponeCopies(database.db, [copy.id], { dueAt, outcome: why, counts: true });
}
