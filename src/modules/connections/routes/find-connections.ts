import { Conflict, NotFound } from '../../../model/errors.ts';
import { renderFor } from '../../../platform/http/messages.ts';
import type { RouteInput } from '../../../platform/http/route.ts';
import type { ConnectionsContext, LiveConnection } from '../context.ts';
import { backlogs, type ConnectionRow, findConnection } from '../queries/connections.ts';
import { describeConnection } from './connection-item.ts';

/** What the routes about one connection begin and end with. */
export type FindsConnections = ReturnType<typeof createFinder>;

export function createFinder(context: ConnectionsContext) {
  const { db } = context.database;

  /** @throws NotFound */
  async function findOurs(workspaceId: string, connectionId: string): Promise<ConnectionRow> {
    const row = await findConnection(db, connectionId);
    if (row?.workspaceId !== workspaceId || row.status === 'disconnected') throw new NotFound('connection');
    return row;
  }

  return {
    findOurs,
    /** @throws NotFound; RequestError when it is closed */
    async findOpen(workspaceId: string, connectionId: string): Promise<LiveConnection> {
      const row = await findOurs(workspaceId, connectionId);
      const live = context.connections.find(row.id);
      if (live) return live;
      throw new Conflict({ code: 'connection_closed', params: {} });
    },
    async show(sent: Pick<RouteInput, 'caller' | 'language'>, connectionId: string) {
      const { workspaceId } = sent.caller;
      const row = await findOurs(workspaceId, connectionId);
      const waiting = (await backlogs(db, workspaceId)).get(row.id);
      return describeConnection(context, row, await renderFor(context, sent), waiting);
    },
  };
}
