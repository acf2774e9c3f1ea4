import { z } from 'zod';
import { type FieldNames, fieldNames } from '../../domain/account-fields.ts';
import { NotFound } from '../../errors.ts';
import { disconnect } from '../../flows/connecting/disconnect.ts';
import { examine } from '../../flows/connecting/examine.ts';
import { renameFields } from '../../flows/connecting/rename-fields.ts';
import type { Context } from '../../flows/context.ts';
import {
  backlogs,
  type ConnectionRow,
  findConnection,
  listConnections,
  updateConnection,
} from '../../store/connections.ts';
import { wishForAll } from '../../store/records.ts';
import { type Route, route } from './route.ts';
import { byId, id, moment, withoutUndefined } from './shapes.ts';

const switches = z.strictObject({
  askingPaused: z.boolean(),
  writingPaused: z.boolean(),
  asks: z.boolean().describe('Whether its tickets are asked about.'),
  writes: z.boolean().describe('Whether scores are written there.'),
  createsContacts: z.boolean().describe('Whether people it does not know are created there.'),
  marksTickets: z.boolean().describe('Whether an answer is marked on its ticket.'),
  notesTickets: z.boolean().describe('Whether with an internal note.'),
});

const finding = z.strictObject({
  subject: z.string(),
  state: z.enum(['fine', 'created', 'repaired', 'missing', 'blocked', 'removed']),
  detail: z.string().optional(),
});

const connectionItem = z
  .strictObject({
    id,
    connector: z.string(),
    account: z.string().nullable(),
    status: z.enum(['new', 'ready', 'refused', 'retired']),
    statusDetail: z.string().nullable().describe('For refused: what happened and what to do.'),
    origin: z.string().describe('Where its credentials come from: environment, sandbox or authorization.'),
    timeZone: z.string().nullable(),
    listensSince: moment.describe('Tickets resolved before this are never asked about.'),
    polledUntil: moment,
    lastNoticeAt: moment.nullable(),
    ...switches.shape,
    fieldNames,
    backlog: z.strictObject({ noticesToLookAt: z.int(), recordsToWrite: z.int(), recordsParked: z.int() }),
    findings: z.array(finding),
    waitingUntil: moment.nullable(),
    callsLeft: z.int().nullable(),
  })
  .meta({ id: 'Connection' });

const examination = z.strictObject({
  connector: z.string(),
  connection: id,
  account: z.string().nullable(),
  lines: z.array(
    z.strictObject({ subject: z.string(), state: z.enum(['fine', 'note', 'attention']), detail: z.string() }),
  ),
});

const about = 'Connections';

/** `GET /api/connections`, `PATCH` and `DELETE /api/connections/:id`, `POST …/check`, `POST /api/doctor`. */
export function connectionRoutes(context: Context): readonly Route[] {
  const { database, clock, wake } = context;

  async function findOurs(workspaceId: string, connectionId: string): Promise<ConnectionRow> {
    const row = await findConnection(database.db, connectionId);
    if (row?.workspaceId !== workspaceId || row.status === 'retired') throw new NotFound('there is no such connection');
    return row;
  }

  async function show(workspaceId: string, connectionId: string) {
    const row = await findOurs(workspaceId, connectionId);
    return describe(context, row, (await backlogs(database.db, workspaceId)).get(row.id));
  }

  return [
    route({
      method: 'get',
      path: '/connections',
      about,
      summary: 'The connected accounts, each with its state and backlog.',
      scope: 'read',
      answer: z.strictObject({ items: z.array(connectionItem), next: z.null() }),
      respond: async ({ caller: { workspaceId } }) => {
        const waiting = await backlogs(database.db, workspaceId);
        const found = (await listConnections(database.db)).filter((row) => row.workspaceId === workspaceId);
        return { items: found.map((row) => describe(context, row, waiting.get(row.id))), next: null };
      },
    }),
    route({
      method: 'get',
      path: '/connections/:id',
      about,
      summary: 'One connected account.',
      scope: 'read',
      params: byId,
      answer: connectionItem,
      respond: ({ caller, params }) => show(caller.workspaceId, params.id),
    }),
    route({
      method: 'patch',
      path: '/connections/:id',
      about,
      summary: 'Turns its switches, and says what our fields are called there.',
      scope: 'connections:write',
      params: byId,
      body: switches.extend({ fieldNames }).partial(),
      answer: connectionItem,
      does: 'connection.change',
      respond: async ({ caller: { workspaceId }, params, body }) => {
        const row = await findOurs(workspaceId, params.id);
        const { askingPaused, writingPaused, fieldNames: names, ...changes } = body;
        await updateConnection(database.db, row.id, {
          ...(askingPaused === undefined ? {} : { askingPausedAt: askingPaused ? clock() : null }),
          ...(writingPaused === undefined ? {} : { writingPausedAt: writingPaused ? clock() : null }),
          ...withoutUndefined(changes),
        });
        if (names) await renameFields(context, row, names as FieldNames);
        if (changes.writes && !row.writes) {
          await wishForAll(database.db, { workspaceId, connectionId: row.id }, clock());
        }
        await wake('write', row.id);
        await wake('deliver', workspaceId);
        return show(workspaceId, row.id);
      },
    }),
    route({
      method: 'delete',
      path: '/connections/:id',
      about,
      summary: 'Ends a connection and takes away what is ours there; what people answered stays.',
      scope: 'connections:write',
      params: byId,
      query: z.strictObject({
        fields: z
          .enum(['keep', 'remove'], 'must be keep or remove')
          .default('keep')
          .describe('Whether the fields go too, with all their values.'),
      }),
      answer: z.strictObject({ findings: z.array(finding) }),
      does: 'connection.end',
      respond: async ({ caller, params, query }) => {
        const row = await findOurs(caller.workspaceId, params.id);
        const findings = await disconnect(context, row.id, { fields: query.fields === 'remove' });
        return { findings: findings.map(withoutUndefined<object>) as z.output<typeof finding>[] };
      },
    }),
    route({
      method: 'post',
      path: '/connections/:id/check',
      about,
      summary: 'Looks at its account soon, and repairs what is ours.',
      scope: 'connections:write',
      params: byId,
      status: 202,
      answer: z.strictObject({ status: z.string() }),
      does: 'connection.check',
      respond: async ({ caller, params }) => {
        const row = await findOurs(caller.workspaceId, params.id);
        await updateConnection(database.db, row.id, { provisionDueAt: clock() });
        await wake('provision', row.id);
        return { status: 'it is being checked: see the connection for what is found' };
      },
    }),
    route({
      method: 'post',
      path: '/doctor',
      about,
      summary: 'Looks at every connection now, and repairs first what is ours if wished.',
      scope: 'connections:write',
      body: z.strictObject({ fix: z.boolean().default(false) }),
      answer: z.strictObject({ items: z.array(examination) }),
      does: 'connection.examine',
      respond: async ({ caller, body }) => {
        const items = [];
        for (const live of context.connections.all()) {
          if (live.workspaceId === caller.workspaceId) items.push(await examine(context, live, body));
        }
        return { items };
      },
    }),
  ];
}

const nothingWaits = { noticesToLookAt: 0, recordsToWrite: 0, recordsParked: 0 };

function describe({ connections }: Context, row: ConnectionRow, backlog = nothingWaits) {
  const pace = connections.find(row.id)?.pace.state();
  return {
    id: row.id,
    connector: row.connector,
    account: row.account,
    status: row.status,
    statusDetail: row.statusDetail,
    origin: row.origin,
    timeZone: row.timeZone,
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
    fieldNames: row.fieldNames,
    backlog,
    findings: row.findings as z.output<typeof finding>[],
    waitingUntil: pace?.waitingUntil ?? null,
    callsLeft: pace?.remaining ?? null,
  };
}
