import type { Context } from './context.ts';
import { listConnections } from './modules/connections/index.ts';
import { releaseEvents } from './modules/events/index.ts';
import { askRecord, decideResolution, withdrawTicket, withdrawUnpublished } from './modules/invitations/index.ts';
import { beginRewrite, releaseLostWrites } from './modules/write-back/index.ts';

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
      async connectionTaken(connectionId) {
        await releaseEvents(database.db, connectionId);
        await releaseLostWrites(database.db, connectionId, clock());
      },
      surveyRequested: (live, requested) => askRecord(context, live, requested),
      ticketResolved: (tx, about) => decideResolution(tx, context, about),
      ticketWithdrawn: (tx, ticketId, reason, except) => withdrawTicket(tx, context, ticketId, reason, except),
    },
  };
  return context;
}
