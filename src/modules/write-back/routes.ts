import { z } from 'zod';
import { NotFound } from '../../model/errors.ts';
import type { FailureMessage } from '../../model/messages/failure-message.ts';
import { type EventStreams, eventStreamType } from '../../platform/http/event-stream.ts';
import { asMessage, messageShape, renderFor } from '../../platform/http/messages.ts';
import { type Route, type RouteInput, route, streamingRoute } from '../../platform/http/route.ts';
import { byId, id, utcTimestamp } from '../../platform/http/shapes.ts';
import { findWorkspace } from '../../platform/workspaces/queries.ts';
import { type ConnectionRow, findConnection, statusInLabels } from '../connections/index.ts';
import type { ContactsContext } from '../contacts/index.ts';
import { findRewrite } from './queries/rewrites.ts';
import { rewriteAll } from './rewrite.ts';

export const rewrite = z
  .strictObject({
    connection: id,
    status: z.enum(['none', 'running', 'waiting', 'finished']),
    why: messageShape.nullable().describe('If the resync is held: what it waits for, and what to do.'),
    since: utcTimestamp.nullable(),
    records: z.int().describe('Number of records to write in total.'),
    left: z.int().describe('Number of records still to write.'),
  })
  .meta({ id: 'Resync' });

const about = 'Connections';

type Listener = Pick<RouteInput, 'caller' | 'language'>;

/** `POST` and `GET /api/connections/:id/resync`, `GET /api/connections/:id/events`. */
export function rewriteRoutes(context: ContactsContext, events: EventStreams): readonly Route[] {
  const { db } = context.database;

  async function findOurs(workspaceId: string, connectionId: string): Promise<ConnectionRow> {
    const row = await findConnection(db, connectionId);
    if (row?.workspaceId !== workspaceId || row.status === 'disconnected') throw new NotFound('connection');
    return row;
  }

  /** What keeps it from going on. */
  async function findWriteObstacle(row: ConnectionRow): Promise<FailureMessage | null> {
    if (!row.writeBackEnabled) return { code: 'writes.off', params: {} };
    if (row.writeBackPausedAt !== null) return { code: 'writes.paused', params: { kind: 'connection' } };
    const workspace = await findWorkspace(db, row.workspaceId);
    if (workspace?.writeBackPausedAt) return { code: 'writes.paused', params: { kind: 'everything' } };
    if (row.status !== 'unauthorized') return null;
    return statusInLabels(context.offers, row) ?? { code: 'account.stopped', params: {} };
  }

  async function show(sent: Listener, connectionId: string): Promise<z.output<typeof rewrite>> {
    const row = await findOurs(sent.caller.workspaceId, connectionId);
    const found = await findRewrite(db, row.id);
    if (!found) return { connection: row.id, status: 'none', why: null, since: null, records: 0, left: 0 };
    const { since, records, left } = found;
    const obstacle = left === 0 ? null : await findWriteObstacle(row);
    const status = left === 0 ? 'finished' : obstacle === null ? 'running' : 'waiting';
    const why = obstacle && asMessage('failures', obstacle, await renderFor(context, sent));
    return { connection: row.id, status, why, since: since.toISOString(), records, left };
  }

  return [
    route({
      method: 'post',
      path: '/connections/:id/resync',
      about,
      summary: 'Writes the CRM fields of all records again. Waits while writingPaused of the connection is set.',
      scope: 'connections:write',
      params: byId,
      status: 202,
      answer: rewrite,
      refusals: { 409: 'Write-back is off for this connection.' },
      does: 'connection.resync',
      respond: async ({ params, ...sent }) => {
        await rewriteAll(context, await findOurs(sent.caller.workspaceId, params.id));
        return show(sent, params.id);
      },
    }),
    route({
      method: 'get',
      path: '/connections/:id/resync',
      about,
      summary: 'Gets the latest resync.',
      scope: 'read',
      params: byId,
      answer: rewrite,
      respond: ({ params, ...sent }) => show(sent, params.id),
    }),
    streamingRoute({
      path: '/connections/:id/events',
      about,
      summary: 'Streams the progress as server-sent events: "progress" for each change, "end" for the last.',
      scope: 'read',
      params: byId,
      streams: eventStreamType,
      respond: ({ params, ...listener }) =>
        events.stream(
          `${listener.caller.workspaceId} connection ${params.id} ${listener.language}`,
          listener,
          async () => {
            const shown = await show(listener, params.id);
            return { shown, over: shown.status === 'none' || shown.status === 'finished' };
          },
        ),
    }),
  ];
}
