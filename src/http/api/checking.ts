import { z } from 'zod';
import { check, repair } from '../../flows/connecting/check.ts';
import { examine } from '../../flows/connecting/examine.ts';
import type { Context } from '../../flows/context.ts';
import { countOutdated } from '../../store/reencrypt.ts';
import { findingItem } from './connection-item.ts';
import type { FindsConnections } from './find-connections.ts';
import { type Route, route } from './route.ts';
import { byId, id, moment } from './shapes.ts';

const checked = z.strictObject({
  account: z.string().nullable(),
  checkedAt: moment,
  clockDifference: z.int().nullable().describe('How far the vendor’s clock is ahead of ours, in milliseconds.'),
  findings: z.array(findingItem),
});

const examination = z.strictObject({
  connector: z.string(),
  connection: id,
  account: z.string().nullable(),
  lines: z.array(
    z.strictObject({ subject: z.string(), state: z.enum(['fine', 'note', 'attention']), detail: z.string() }),
  ),
});

const about = 'Connections';
const refusals = { 409: 'The connection is closed.', 503: 'The vendor does not answer.' };

/** `POST /api/connections/:id/check` and `…/repair`, `POST /api/doctor`. */
export function checkingRoutes(context: Context, { findOpen }: FindsConnections): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/connections/:id/check',
      about,
      summary: 'Looks at its account now, changes nothing there, and says what needs somebody.',
      scope: 'connections:write',
      params: byId,
      answer: checked,
      refusals,
      does: 'connection.check',
      respond: async ({ caller, params }) => check(context, await findOpen(caller.workspaceId, params.id)),
    }),
    route({
      method: 'post',
      path: '/connections/:id/repair',
      about,
      summary: 'Creates and mends what is ours in its account, and looks at it again.',
      scope: 'connections:write',
      params: byId,
      answer: checked.extend({ mended: z.array(z.string()).describe('The subjects that it created or mended.') }),
      refusals,
      does: 'connection.repair',
      respond: async ({ caller, params }) => repair(context, await findOpen(caller.workspaceId, params.id)),
    }),
    route({
      method: 'post',
      path: '/doctor',
      about,
      summary: 'Looks at every connection now, and repairs first what is ours if wished.',
      scope: 'connections:write',
      body: z.strictObject({ fix: z.boolean().default(false) }),
      answer: z.strictObject({
        items: z.array(examination),
        olderKeyValues: z
          .int()
          .describe('How many encrypted values of the installation still stand under an older key of `SECRET_KEY`.'),
      }),
      does: 'connection.examine',
      respond: async ({ caller, body }) => {
        const items = [];
        for (const live of context.connections.all()) {
          if (live.workspaceId === caller.workspaceId) items.push(await examine(context, live, body));
        }
        return { items, olderKeyValues: await countOutdated(context.database.db, context.sealing) };
      },
    }),
  ];
}
