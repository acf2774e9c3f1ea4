import { findConnection } from '../../store/connections.ts';
import { findWorkspace } from '../../store/workspaces.ts';
import { noteFailure } from '../connecting/refuse.ts';
import type { Context, LiveConnection } from '../context.ts';
import { findWanted } from './find-records.ts';
import { finishUnfinished } from './finish.ts';
import { markTickets } from './mark-tickets.ts';
import { writeBehind } from './write-behind.ts';

const runFor = 50_000;

/** How soon an unfinished write is asked about again. */
const askAgainAfter = 1000;

/** Writes every record of a connection that is behind, newest state only, in batches of the vendor's size. */
export async function flush(context: Context, connectionId: string, signal: AbortSignal): Promise<void> {
  const { clock, wake } = context;
  const live = context.connections.find(connectionId);
  if (!live?.capabilities.contacts) return;
  const started = Date.now();
  try {
    while (!signal.aborted && (await mayWrite(context, live))) {
      const unfinished = await finishUnfinished(context, live);
      const found = await findWanted(context, live);
      const wrote = await writeBehind(context, live);
      // The record first: whoever acts on the ticket finds it there.
      const marked = found + wrote === 0 ? await markTickets(context, live) : 0;
      if (found + wrote + marked === 0) {
        if (unfinished > 0) await wake('write', connectionId, new Date(clock().getTime() + askAgainAfter));
        return;
      }
      if (Date.now() - started > runFor) {
        await wake('write', connectionId);
        return;
      }
    }
  } catch (failure) {
    await wake('write', connectionId, await noteFailure(context, live, failure));
  }
}

async function mayWrite({ database }: Context, live: LiveConnection): Promise<boolean> {
  const row = await findConnection(database.db, live.id);
  if (!row?.writes || row.writingPausedAt || row.status === 'refused' || row.status === 'retired') return false;
  const workspace = await findWorkspace(database.db, row.workspaceId);
  return !workspace?.writingPausedAt && live.lease.hold();
}
