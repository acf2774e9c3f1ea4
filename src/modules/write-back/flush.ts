import { runDue } from '../../platform/jobs/run-due.ts';
import { wakeAheadMs } from '../../platform/jobs/timing.ts';
import { findWorkspace } from '../../platform/workspaces/queries.ts';
import {
  type ConnectionRow,
  endCleared,
  findConnection,
  type LiveConnection,
  noteFailure,
} from '../connections/index.ts';
import { type ContactsContext, forgetCleared } from '../contacts/index.ts';
import { nextMarks } from '../tickets/index.ts';
import { findRequestedRecords } from './find-records.ts';
import { askAgainAfterMs, finishUnfinished } from './finish.ts';
import { markTickets } from './mark-tickets.ts';
import { nextWrites } from './queries/record-link-claims.ts';
import { writePending } from './write-pending.ts';

/** Writes every record of a connection that is out of sync, newest state only, in batches of the vendor's size. */
export async function flush(context: ContactsContext, connectionId: string, signal: AbortSignal): Promise<void> {
  const { monotonic, wake } = context;
  const live = context.connections.find(connectionId);
  if (!live?.capabilities.contacts) return;
  try {
    await runDue({
      claim: () => findWritable(context, live),
      handle: (row) => writeSome(context, live, row),
      again: () => wake('write', connectionId),
      monotonic,
      signal,
    });
  } catch (failure) {
    await wake('write', connectionId, await noteFailure(context, live, failure));
  }
}

async function writeSome(
  context: ContactsContext,
  live: LiveConnection,
  row: ConnectionRow,
): Promise<'stop' | undefined> {
  const clears = row.clearingSince !== null;
  const unfinished = await finishUnfinished(context, live);
  // What is known first: searching may fail where writing does not. The ticket last: whoever acts on it finds the
  // record written.
  const worked =
    (await writePending(context, live)) ||
    (!clears && ((await findRequestedRecords(context, live)) || (await markTickets(context, live))));
  if (worked) return undefined;
  if (clears && (await endCleared(context, live))) return 'stop';
  await forgetCleared(context.database.db, live.id);
  await wakeForNext(context, live, unfinished);
  return 'stop';
}

async function wakeForNext(
  { database, clock, wake }: ContactsContext,
  live: LiveConnection,
  unfinished: number,
): Promise<void> {
  const now = clock();
  if (unfinished > 0) {
    await wake('write', live.id, new Date(now.getTime() + askAgainAfterMs));
    return;
  }
  const waiting = [...(await nextWrites(database.db)), ...(await nextMarks(database.db))];
  const [next] = waiting
    .filter(({ connectionId, at }) => connectionId === live.id && at > now)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  if (next && next.at.getTime() - now.getTime() < wakeAheadMs) await wake('write', live.id, next.at);
}

/** The connection, if it may be written to now. */
async function findWritable({ database }: ContactsContext, live: LiveConnection): Promise<ConnectionRow | undefined> {
  const row = await findConnection(database.db, live.id);
  const isOn = row && (row.writeBackEnabled || row.clearingSince !== null);
  if (!isOn || row.writeBackPausedAt || row.status === 'unauthorized' || row.status === 'disconnected')
    return undefined;
  // Its fields may not be there yet: a write would be refused, and the connection with it.
  if (row.status === 'new' && live.capabilities.provisioning) return undefined;
  const workspace = await findWorkspace(database.db, row.workspaceId);
  return !workspace?.writeBackPausedAt && (await live.lease.hold()) ? row : undefined;
}
