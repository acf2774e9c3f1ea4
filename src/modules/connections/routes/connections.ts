import { z } from 'zod';
import { type FieldNames, fieldNames, fieldProfile } from '../../../model/account-fields.ts';
import { noteChange } from '../../../platform/audit/queries.ts';
import { asMessage, messageShape, renderFor } from '../../../platform/http/messages.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { byId, withoutUndefined } from '../../../platform/http/shapes.ts';
import { requestAllRecords } from '../../records/index.ts';
import type { ConnectionsContext } from '../context.ts';
import { disconnect } from '../disconnect.ts';
import { guideOf } from '../keys.ts';
import { backlogs, listConnections, updateConnection } from '../queries/connections.ts';
import { changeFields } from '../reopen.ts';
import { shown } from '../shown-findings.ts';
import { type CountOutdated, checkingRoutes } from './checking.ts';
import { connectingRoutes } from './connecting.ts';
import {
  connectionItem,
  connectionName,
  describeConnection,
  describeFinding,
  findingItem,
  switches,
} from './connection-item.ts';
import { createFinder } from './find-connections.ts';

const about = 'Connections';

/** `GET /api/connections`, `GET`, `PATCH` and `DELETE /api/connections/:id`, and what stands beside them. */
export function connectionRoutes(
  context: ConnectionsContext,
  publicUrl: string,
  countOutdated: CountOutdated,
): readonly Route[] {
  const { database, clock, wake } = context;
  const finder = createFinder(context);
  const { findOurs, show } = finder;

  return [
    route({
      method: 'get',
      path: '/connections',
      about,
      summary: 'The connected accounts, each with its state, health and backlog.',
      scope: 'read',
      answer: z.strictObject({ items: z.array(connectionItem), next: z.null() }),
      respond: async (sent) => {
        const { workspaceId } = sent.caller;
        const say = await renderFor(context, sent);
        const waiting = await backlogs(database.db, workspaceId);
        const found = (await listConnections(database.db)).filter((row) => row.workspaceId === workspaceId);
        return { items: found.map((row) => describeConnection(context, row, say, waiting.get(row.id))), next: null };
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
      respond: ({ params, ...sent }) => show(sent, params.id),
    }),
    route({
      method: 'patch',
      path: '/connections/:id',
      about,
      summary: 'Turns its switches, and says what it and our fields there are called, and which of them it gets.',
      scope: 'connections:write',
      params: byId,
      body: switches
        .extend({
          fieldNames,
          fieldProfile: fieldProfile
            .nullable()
            .describe('Which fields are created; null: all, the core ones where the plan has no room for all.'),
          name: connectionName.nullable(),
        })
        .partial(),
      answer: connectionItem,
      does: 'connection.change',
      respond: async ({ params, body, ...sent }) => {
        const { workspaceId } = sent.caller;
        const row = await findOurs(workspaceId, params.id);
        const { surveysPaused, writeBackPaused, fieldNames: names, fieldProfile: profile, ...changes } = body;
        await updateConnection(database.db, row.id, {
          ...(surveysPaused === undefined ? {} : { surveysPausedAt: surveysPaused ? clock() : null }),
          ...(writeBackPaused === undefined ? {} : { writeBackPausedAt: writeBackPaused ? clock() : null }),
          ...withoutUndefined(changes),
        });
        await changeFields(context, row, { fieldNames: names as FieldNames | undefined, fieldProfile: profile });
        if (changes.writeBackEnabled && !row.writeBackEnabled) {
          await requestAllRecords(database.db, { workspaceId, connectionId: row.id }, clock());
        }
        await wake('write', row.id);
        await wake('deliver', workspaceId);
        return show(sent, row.id);
      },
    }),
    route({
      method: 'delete',
      path: '/connections/:id',
      about,
      summary: 'Ends a connection and takes away what is ours there; what contacts answered stays.',
      scope: 'connections:write',
      params: byId,
      query: z.strictObject({
        fields: z
          .enum(['keep', 'clear', 'remove'])
          .default('keep')
          .describe(
            'What becomes of the fields: they stay with their values; they are emptied on every record, and the connection ends by itself after that; or they go with all their values.',
          ),
      }),
      answer: z.strictObject({
        ended: z.boolean().describe('Not yet, while its records are being cleared.'),
        findings: z.array(findingItem),
        explanation: z.array(messageShape).describe('What that means.'),
      }),
      refusals: { 409: 'That cannot be done with the fields: the problem says why.' },
      does: 'connection.end',
      isNoted: true,
      respond: async ({ params, query, ...sent }) => {
        const { workspaceId, actor } = sent.caller;
        const row = await findOurs(workspaceId, params.id);
        const { ended, findings, explanation } = await disconnect(context, row.id, query.fields);
        // What was chosen for the fields cannot be undone: it is told with who chose it.
        const noted = { action: 'connection.end', subject: row.id, detail: { fields: query.fields }, at: clock() };
        await noteChange(database.db, { workspaceId, actor, ...noted });
        const say = await renderFor(context, sent);
        return {
          ended,
          findings: findings.map((finding) => describeFinding(shown(finding, guideOf(context.offers, row)), say)),
          explanation: explanation.map((one) => asMessage('findings', one, say)),
        };
      },
    }),
    ...connectingRoutes(context, finder, publicUrl),
    ...checkingRoutes(context, finder, countOutdated),
  ];
}
