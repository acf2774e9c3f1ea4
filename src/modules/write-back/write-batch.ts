import type { Contacts, FieldsWrite } from '../../connector.ts';
import type { RecordValues } from '../../model/crm-field-definitions.ts';
import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import type { RecordOutcome } from '../../model/messages/write-outcome.ts';
import { minuteMs } from '../../model/time-units.ts';
import { findConnection, type LiveConnection, updateConnection } from '../connections/index.ts';
import type { ContactsContext } from '../contacts/index.ts';
import { markUnfinished, postponeRecordLinks } from '../records/index.ts';
import type { ClaimedRecordLink } from './queries/record-link-claims.ts';
import { refuseRecord, saveOutcomes } from './save-outcomes.ts';
import { pickWritable } from './writable-values.ts';

export type WritingTo = {
  context: ContactsContext;
  live: LiveConnection;
  contacts: Contacts;
  /** Fields that cannot be written until a person mends them. */
  blocked: ReadonlySet<string>;
  /** The workspace's. */
  timeZone: string;
  /** Whether the connection is being ended, with nothing of ours left on its records. */
  clears: boolean;
};

export type Server = 'unknown' | 'doubted' | 'served';

/**
 * Writes a batch and keeps what came of each record. Refused as a whole, it is halved until the record that is to
 * blame stands alone; a connection that is busy or refused gives the batch back and is thrown on.
 *
 * @param server what is known of the server: after it has just `served` another write, a lone record that it fails on
 *   is to blame; where it is `doubted`, a failure is not held against the record
 */
export async function writeBatch(
  to: WritingTo,
  recordLinks: readonly ClaimedRecordLink[],
  server: Server = 'unknown',
): Promise<void> {
  const { context, live, contacts } = to;
  const writes = recordLinks.map(
    (recordLink): FieldsWrite => ({ id: recordLink.recordId, values: valuesFor(to, recordLink) }),
  );
  let report: Awaited<ReturnType<Contacts['writeFields']>>;
  try {
    report = await contacts.writeFields(writes);
  } catch (failure) {
    await recordFailure(to, recordLinks, failure, server);
    return;
  }
  if (report.missingFields?.length) await checkSoon(context, live);
  const later = new Set(report.unfinished?.ids);
  const unfinished = recordLinks
    .filter((recordLink) => later.has(recordLink.recordId))
    .map((recordLink) => recordLink.id);
  if (report.unfinished) await markUnfinished(context.database.db, unfinished, report.unfinished.receipt);
  const taken = new Set(
    report.outcomes.flatMap(({ id, result }) => (result === 'written' ? [id] : [])).concat([...later]),
  );
  const values = writes.flatMap((write) => (taken.has(write.id) ? Object.keys(write.values) : []));
  context.metrics.count('values_written', { connector: live.connector.name, connection: live.id }, values.length);
  const finished = recordLinks.filter((recordLink) => !later.has(recordLink.recordId));
  await saveOutcomes(context, live, finished, report.outcomes);
}

/** How long after a check another one is made because of fields that are not there, in milliseconds. */
const checkAfterMs = minuteMs;

/** Has the account checked: the fields are created again, or known as missing from then on. */
async function checkSoon({ database, clock, wake }: ContactsContext, live: LiveConnection): Promise<void> {
  const row = await findConnection(database.db, live.id);
  const at = new Date(Math.max(clock().getTime(), (row?.checkedAt?.getTime() ?? 0) + checkAfterMs));
  if (row && row.provisionDueAt > at) await updateConnection(database.db, live.id, { provisionDueAt: at });
  await wake('provision', live.id, at);
}

/** What is to stand on this record. */
export function valuesFor({ blocked, timeZone, clears }: WritingTo, { values }: ClaimedRecordLink): RecordValues {
  const writable = pickWritable(values, { blocked, timeZone });
  return clears ? Object.fromEntries(Object.keys(writable).map((key) => [key, null])) : writable;
}

async function recordFailure(
  to: WritingTo,
  recordLinks: readonly ClaimedRecordLink[],
  failure: unknown,
  server: Server,
): Promise<void> {
  const [first, ...others] = recordLinks;
  const refused = failure instanceof UpstreamRefused && failure.concerns === 'request';
  const failed = failure instanceof UpstreamBusy && failure.serverFailed;
  if (first && others.length === 0 && (refused || (failed && server === 'served'))) {
    await refuseRecord(to.context, to.live, first, { code: 'failed', params: { why: failure.why } });
    if (failed) throw failure;
    return;
  }
  if (refused) {
    const middle = Math.ceil(recordLinks.length / 2);
    await writeBatch(to, recordLinks.slice(0, middle), server);
    await writeBatch(to, recordLinks.slice(middle), server);
    return;
  }
  const uncertain = !(failure instanceof UpstreamBusy && failure.outcome === 'not_done');
  await giveBack(to, recordLinks, {
    outcome: { code: 'not_taken', params: {} },
    counts: failed && server !== 'doubted',
    uncertain,
  });
  throw failure;
}

/**
 * They are out of sync still.
 *
 * @param why.counts whether this was a failure of the server on these very records
 * @param why.uncertain whether the write may have happened all the same
 */
export async function giveBack(
  { context }: WritingTo,
  recordLinks: readonly ClaimedRecordLink[],
  { outcome, counts = false, uncertain = false }: { outcome: RecordOutcome; counts?: boolean; uncertain?: boolean },
): Promise<void> {
  const ids = recordLinks.map((recordLink) => recordLink.id);
  await postponeRecordLinks(context.database.db, ids, { dueAt: context.clock(), outcome, counts, uncertain });
}
