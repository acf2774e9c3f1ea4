import { z } from 'zod';
import type { CheckLine } from '../../../model/messages/check-line.ts';
import type { Message } from '../../../model/messages/message.ts';
import { asMessage, messageShape, renderFor } from '../../../platform/http/messages.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { byId, id, utcTimestamp } from '../../../platform/http/shapes.ts';
import type { Render } from '../../../platform/messages/render.ts';
import { type Checked, check, repair } from '../check.ts';
import type { ConnectionsContext } from '../context.ts';
import { examine } from '../examine.ts';
import { aboutShape, describeAbout, describeFinding, findingItem } from './connection-item.ts';
import type { FindsConnections } from './find-connections.ts';

const checked = z.strictObject({
  account: z.string().nullable(),
  checkedAt: utcTimestamp,
  clockDifference: z
    .int()
    .nullable()
    .describe('How far the vendor’s clock is ahead of this server’s, in milliseconds.'),
  findings: z.array(findingItem),
});

const examination = z.strictObject({
  connector: z.string(),
  connection: id,
  account: z.string().nullable(),
  lines: z.array(
    z.strictObject({
      ...aboutShape,
      state: z.enum(['fine', 'note', 'attention']),
      ...messageShape.shape,
      repairable: z.boolean().describe('Whether "fix" repairs it.'),
    }),
  ),
});

/** Counts the values that are still encrypted with an older key. */
export type CountOutdated = () => Promise<number>;

const about = 'Connections';
const refusals = { 409: 'The connection is not open.', 503: 'The vendor does not answer.' };

/** `POST /api/connections/:id/check` and `…/repair`, `POST /api/doctor`. */
export function checkingRoutes(
  context: ConnectionsContext,
  { findOpen }: FindsConnections,
  countOutdated: CountOutdated,
): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/connections/:id/check',
      about,
      summary: 'Checks a connection without changing anything and returns what needs attention.',
      scope: 'connections:write',
      params: byId,
      answer: checked,
      refusals,
      does: 'connection.check',
      respond: async ({ params, ...sent }) => {
        const found = await check(context, await findOpen(sent.caller.workspaceId, params.id));
        return describeChecked(found, await renderFor(context, sent));
      },
    }),
    route({
      method: 'post',
      path: '/connections/:id/repair',
      about,
      summary: 'Creates and repairs fields and webhooks in the account, then checks it.',
      scope: 'connections:write',
      params: byId,
      answer: checked.extend({ mended: z.array(z.strictObject(aboutShape)).describe('What was created or repaired.') }),
      refusals,
      does: 'connection.repair',
      respond: async ({ params, ...sent }) => {
        const { mended, ...found } = await repair(context, await findOpen(sent.caller.workspaceId, params.id));
        const say = await renderFor(context, sent);
        return { ...describeChecked(found, say), mended: mended.map((about) => describeAbout(about, say)) };
      },
    }),
    route({
      method: 'post',
      path: '/doctor',
      about,
      summary: 'Checks all connections. With "fix", repairs them first.',
      scope: 'connections:write',
      body: z.strictObject({ fix: z.boolean().default(false) }),
      answer: z.strictObject({
        items: z.array(examination),
        olderKeyValues: z
          .int()
          .describe('Number of values in this installation that are still encrypted with an older `SECRET_KEY`.'),
      }),
      does: 'connection.examine',
      respond: async ({ body, ...sent }) => {
        const say = await renderFor(context, sent);
        const items = [];
        for (const live of context.connections.all()) {
          if (live.workspaceId !== sent.caller.workspaceId) continue;
          const { lines, ...examined } = await examine(context, live, body);
          items.push({ ...examined, lines: lines.map((line) => describeLine(line, say)) });
        }
        return { items, olderKeyValues: await countOutdated() };
      },
    }),
  ];
}

function describeChecked({ findings, ...found }: Checked, say: Render) {
  return { ...found, findings: findings.map((finding) => describeFinding(finding, say)) };
}

function describeLine({ about, state, repairable, code, params }: CheckLine, say: Render) {
  return {
    ...{ ...describeAbout(about, say), state, repairable },
    ...asMessage('findings', { code, params } as Message, say),
  };
}
