import type { Context } from './context.ts';
import { type ConnectionRow, listConnections } from './modules/connections/index.ts';
import { releaseEvents } from './modules/events/index.ts';
import {
  askRecord,
  decideResolution,
  releaseClaimed,
  releaseLeaving,
  withdrawTicket,
  withdrawUnpublished,
} from './modules/invitations/index.ts';
import { beginRewrite, releaseLostWrites } from './modules/write-back/index.ts';
import type { Predecessor } from './platform/workers/leases.ts';
import { findWorkspace } from './platform/workspaces/queries.ts';

/**
 * Connects the modules: a module that comes early in the order tells what happened, and later ones act on it. Called
 * once, when the context is put together.
 */
export function withListeners(parts: Omit<Context, 'listeners'>): Context {
  const { database, clock } = parts;
  const context: Context = {
    ...parts,
    listeners: {
      async timeZoneChanged(tx, workspaceId) {
        const open = (await listConnections(tx)).filter(
          (row) => row.workspaceId === workspaceId && row.writeBackEnabled && row.status !== 'disconnected',
        );
        for (const { id } of open) await beginRewrite(tx, id, clock());
        return open.map(({ id }) => id);
      },
      surveyUnpublished: () => withdrawUnpublished(context),
      async leaseTaken(key, from) {
        const row = (await listConnections(database.db)).find(({ id }) => id === key);
        if (row) await takeConnection(context, row, from);
        else await takeServerOrWorkspace(context, key);
      },
      surveyRequested: (live, requested) => askRecord(context, live, requested),
      ticketResolved: (tx, about) => decideResolution(tx, context, about),
      ticketWithdrawn: (tx, ticketId, reason, except) => withdrawTicket(tx, context, ticketId, reason, except),
    },
  };
  return context;
}

/** What was claimed is due again, and whatever was woken for the process before is woken once more. */
async function takeConnection(context: Context, { id, workspaceId }: ConnectionRow, from: Predecessor): Promise<void> {
  const { database, clock, connections, wake } = context;
  connections.find(id)?.rateLimiter.noteUsedElsewhere(from.endedAt, from.note ?? undefined);
  await releaseEvents(database.db, id);
  await releaseLostWrites(database.db, id, clock());
  await releaseClaimed(database.db, { workspaceId, connectionId: id });
  for (const job of ['dispatch', 'recheck', 'write'] as const) await wake(job, id);
}

async function takeServerOrWorkspace({ database, wake }: Context, key: string): Promise<void> {
  await releaseLeaving(database.db, key);
  await releaseClaimed(database.db, { workspaceId: key, connectionId: null });
  if (await findWorkspace(database.db, key)) for (const job of ['recheck', 'finalize'] as const) await wake(job, key);
  else await wake('send', key);
}
