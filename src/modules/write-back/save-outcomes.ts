import type { WriteOutcome } from '../../connector.ts';
import type { RecordOutcome, WriteRefusal } from '../../model/messages/write-outcome.ts';
import type { LiveConnection } from '../connections/index.ts';
import { type ContactsContext, markGone } from '../contacts/index.ts';
import { markWritten, moveRecordLink, postponeRecordLinks, updateRecordLinks } from '../records/index.ts';

/** A record link under an unfinished write, with the revision that is being written. */
export type Written = { id: string; recordId: string; revision: number; attempts: number };

/** After so many tries of its own a record has failed, and is shown as such. */
const lastTry = 6;

/** Keeps what became of each record; a record without an outcome is one whose fate is unknown. */
export async function saveOutcomes(
  context: ContactsContext,
  live: LiveConnection,
  recordLinks: readonly Written[],
  outcomes: readonly WriteOutcome[],
): Promise<void> {
  const { database, clock, metrics } = context;
  const byRecord = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  const written: { id: string; revision: number }[] = [];
  const of = { connector: live.connector.name, connection: live.id };
  for (const recordLink of recordLinks) {
    const outcome = byRecord.get(recordLink.recordId) ?? { id: recordLink.recordId, result: 'unknown' as const };
    metrics.count('record_writes', { ...of, outcome: outcome.result });
    if (outcome.result === 'written') written.push({ id: recordLink.id, revision: recordLink.revision });
    else await saveOutcome(context, live, recordLink, outcome);
  }
  await markWritten(database.db, written, clock());
}

const ended = { writingRevision: null, receipt: null, claimedUntil: null, outOfSyncSince: null };

async function saveOutcome(
  context: ContactsContext,
  live: LiveConnection,
  recordLink: Written,
  outcome: Exclude<WriteOutcome, { result: 'written' }>,
): Promise<void> {
  const { database, clock, wake } = context;
  switch (outcome.result) {
    case 'gone':
      await markGone(database.db, recordLink.id, clock(), ended);
      await wake('gone', live.id);
      break;
    case 'moved':
      await moveRecordLink(database.db, recordLink.id, outcome.to, clock());
      break;
    case 'unknown':
      await tryLater(context, recordLink, { outcome: { code: 'unknown', params: {} }, uncertain: true });
      break;
    case 'busy':
      await tryLater(context, recordLink, { outcome: { code: 'busy', params: {} }, wait: outcome.retryAfter });
      break;
    case 'refused':
      await refuseRecord(context, live, recordLink, outcome.why);
      break;
  }
}

/** How long a record waits where the vendor did not say. */
const usualWaitMs = 2000;

async function tryLater(
  { database, clock }: ContactsContext,
  recordLink: Written,
  {
    outcome,
    wait = usualWaitMs,
    uncertain = false,
  }: { outcome: RecordOutcome; wait?: number | undefined; uncertain?: boolean },
): Promise<void> {
  const dueAt = new Date(clock().getTime() + wait);
  await postponeRecordLinks(database.db, [recordLink.id], { dueAt, outcome, counts: false, uncertain });
}

/** A record that cannot be written fails alone, backs off, and has failed, and is shown as such, after its last try. */
export async function refuseRecord(
  { database, clock, log, metrics }: ContactsContext,
  live: LiveConnection,
  recordLink: Pick<Written, 'id' | 'attempts'> & { recordId?: string },
  why: WriteRefusal,
): Promise<void> {
  if (recordLink.attempts + 1 >= lastTry) {
    const outcome: RecordOutcome = { code: 'given_up', params: { why } };
    await updateRecordLinks(database.db, [recordLink.id], { ...ended, dueAt: null, failedAt: clock(), outcome });
    metrics.count('records_failed', { connector: live.connector.name, connection: live.id });
    log.warn(
      {
        code: 'record.failed',
        connector: live.connector.name,
        connection: live.id,
        record: recordLink.recordId,
        why,
      },
      'A record cannot be written and was given up.',
    );
    return;
  }
  const dueAt = new Date(clock().getTime() + 1000 * 2 ** recordLink.attempts);
  await postponeRecordLinks(database.db, [recordLink.id], { dueAt, outcome: why, counts: true });
}
