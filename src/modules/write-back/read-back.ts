import { dayMs } from '../../model/time-units.ts';
import { findTimeZone } from '../../platform/workspaces/queries.ts';
import { findConnection, type LiveConnection, noteFailure, updateConnection } from '../connections/index.ts';
import { type ContactsContext, noteMissing } from '../contacts/index.ts';
import { updateRecordLinks } from '../records/index.ts';
import { isAlreadyWritten } from './already-written.ts';
import { sampleWritten, writtenSince } from './queries/written-record-links.ts';
import { findUnwritableFields, pickWritable } from './writable-values.ts';

const sample = 500;
const atMost = 5000;

/**
 * Reads what was written yesterday, and a sample of the rest, and writes again what no longer stands there. A record
 * that is there no more is looked for.
 */
export async function readBack(context: ContactsContext, connectionId: string, signal: AbortSignal): Promise<void> {
  const { database, clock, log, wake } = context;
  const live = context.connections.find(connectionId);
  const row = await findConnection(database.db, connectionId);
  if (!live?.capabilities.contacts || !row || row.status !== 'ready' || !(await live.lease.hold())) return;
  const now = clock();
  let next = new Date(now.getTime() + dayMs);
  try {
    const recent = await writtenSince(database.db, connectionId, new Date(now.getTime() - 2 * dayMs), atMost);
    const others = await sampleWritten(database.db, connectionId, sample);
    const recordLinks = [...new Map([...recent, ...others].map((recordLink) => [recordLink.id, recordLink])).values()];
    const drifted = await findDrifted(context, live, recordLinks, signal);
    await updateRecordLinks(database.db, drifted, { dueAt: now, attempts: 0 });
    log.info(
      {
        code: 'record.read_back',
        connector: row.connector,
        connection: row.id,
        read: recordLinks.length,
        drifted: drifted.length,
      },
      'Records were read back.',
    );
    if (drifted.length > 0) await wake('write', connectionId);
  } catch (failure) {
    next = await noteFailure(context, live, failure);
  }
  await updateConnection(database.db, connectionId, { readBackDueAt: next });
}

async function findDrifted(
  context: ContactsContext,
  live: LiveConnection,
  recordLinks: Awaited<ReturnType<typeof writtenSince>>,
  signal: AbortSignal,
): Promise<string[]> {
  const { contacts } = live.capabilities;
  if (!contacts) return [];
  const { db } = context.database;
  const blocked = await findUnwritableFields(db, live.id);
  const timeZone = await findTimeZone(db, live.workspaceId);
  const drifted: string[] = [];
  for (let from = 0; from < recordLinks.length && !signal.aborted; from += contacts.batchSize) {
    const batch = recordLinks.slice(from, from + contacts.batchSize);
    const standing = await contacts.readFields(batch.map((recordLink) => recordLink.recordId));
    const asked = batch.map((recordLink) => recordLink.recordId);
    await noteMissing(context, live.id, { asked, found: [...standing.keys()] });
    const there = batch.filter((recordLink) => standing.has(recordLink.recordId));
    drifted.push(
      ...there
        .filter(
          (recordLink) =>
            !isAlreadyWritten(
              pickWritable(recordLink.values, { blocked, timeZone }),
              standing.get(recordLink.recordId),
            ),
        )
        .map((recordLink) => recordLink.id),
    );
  }
  return drifted;
}
