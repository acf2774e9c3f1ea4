import express, { type Router } from 'express';
import { z } from 'zod';
import { NotFound } from '../../errors.ts';
import type { Context } from '../../flows/context.ts';
import {
  backlogs,
  type ConnectionRow,
  findConnection,
  listConnections,
  updateConnection,
} from '../../store/connections.ts';
import { wishForAll } from '../../store/records.ts';
import { jsonBody, readBody } from '../read-body.ts';

const changes = z
  .strictObject({
    askingPaused: z.boolean(),
    writingPaused: z.boolean(),
    asks: z.boolean(),
    writes: z.boolean(),
    createsContacts: z.boolean(),
    marksTickets: z.boolean(),
    notesTickets: z.boolean(),
  })
  .partial();

/** `GET /api/connections`: each with its state and backlog; `PATCH /api/connections/:id`: its switches. */
export function connectionRoutes(context: Context, workspaceId: string): Router {
  const { database, clock, wake } = context;
  const router = express.Router();

  router.get('/connections', async (_request, response) => {
    const waiting = await backlogs(database.db, workspaceId);
    const found = (await listConnections(database.db)).filter((row) => row.workspaceId === workspaceId);
    response.json({ items: found.map((row) => describe(context, row, waiting.get(row.id))), next: null });
  });

  router.patch('/connections/:id', jsonBody, async (request, response) => {
    const { id } = request.params;
    const row = z.uuid().safeParse(id).success ? await findConnection(database.db, id) : undefined;
    if (row?.workspaceId !== workspaceId) throw new NotFound('there is no such connection');
    const { askingPaused, writingPaused, ...switches } = readBody(request, changes);
    await updateConnection(database.db, id, {
      ...(askingPaused === undefined ? {} : { askingPausedAt: askingPaused ? clock() : null }),
      ...(writingPaused === undefined ? {} : { writingPausedAt: writingPaused ? clock() : null }),
      ...withoutUndefined(switches),
    });
    if (switches.writes && !row.writes) await wishForAll(database.db, { workspaceId, connectionId: id }, clock());
    await wake('write', id);
    await wake('deliver', workspaceId);
    const changed = await findConnection(database.db, id);
    if (!changed) throw new NotFound('there is no such connection');
    response.json(describe(context, changed, (await backlogs(database.db, workspaceId)).get(id)));
  });

  return router;
}

function withoutUndefined<Value extends object>(
  value: Value,
): { [Key in keyof Value]?: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, of]) => of !== undefined)) as never;
}

const nothingWaits = { noticesToLookAt: 0, recordsToWrite: 0, recordsParked: 0 };

function describe({ connections }: Context, row: ConnectionRow, backlog = nothingWaits): object {
  const pace = connections.find(row.id)?.pace.state();
  return {
    id: row.id,
    connector: row.connector,
    account: row.account,
    status: row.status,
    statusDetail: row.statusDetail,
    listensSince: row.listensSince,
    polledUntil: row.polledUntil,
    lastNoticeAt: row.lastNoticeAt,
    asks: row.asks,
    writes: row.writes,
    createsContacts: row.createsContacts,
    marksTickets: row.marksTickets,
    notesTickets: row.notesTickets,
    askingPaused: row.askingPausedAt !== null,
    writingPaused: row.writingPausedAt !== null,
    backlog,
    findings: row.findings,
    waitingUntil: pace?.waitingUntil ?? null,
    callsLeft: pace?.remaining ?? null,
  };
}
