import { z } from 'zod';
import { type FieldNames, fieldNames, fieldProfile } from '../../../model/account-fields.ts';
import { noteChange } from '../../../platform/audit/queries.ts';
import { asMessage, messageShape, renderFor } from '../../../platform/http/messages.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { byId, withoutUndefined } from '../../../platform/http/shapes.ts';
import { requestAllRecords } from '../../records/index.ts';
import type { ConnectionsContext } from '../context.ts';
import { disconnect } from '../disconnect.ts';
import { guideFor } from '../keys.ts';
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
  quotaShare,
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
      summary: 'Lists connections with their status, health and backlog.',
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
      summary: 'Gets a connection.',
      scope: 'read',
      params: byId,
      answer: connectionItem,
      respond: ({ params, ...sent }) => show(sent, params.id),
    }),
    route({
      method: 'patch',
      path: '/connections/:id',
      about,
      summary: 'Updates the switches, name, share of the rate limit, field names and field profile of a connection.',
      scope: 'connections:write',
      params: byId,
      body: switches
        .extend({
          quotaShare,
          fieldNames,
          fieldProfile: fieldProfile
            .nullable()
            .describe('Which fields to create. Null: all of them, or the core ones if the plan has no room for all.'),
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
        if (changes.quotaShare !== undefined) {
          context.connections.find(row.id)?.setQuotaShare(changes.quotaShare);
        }
        await changeFields(context, row, { fieldNames: names as FieldNames | undefined, fieldProfile: profile });
        if (changes.writeBackEnabled && !row.writeBackEnabled) {
          await requestAllRecords(database.db, { workspaceId, connectionId: row.id }, clock());
        }
        await wake('write', row.id);
        await wake('recheck', row.id);
        return show(sent, row.id);
      },
    }),
    route({
      method: 'delete',
      path: '/connections/:id',
      about,
      summary: 'Disconnects an account and removes what Scoreback created there. Responses are kept.',
      scope: 'connections:write',
      params: byId,
      query: z.strictObject({
        fields: z
          .enum(['keep', 'clear', 'remove'])
          .default('keep')
          .describe(
            'What to do with the fields: keep them with their values, clear them on every record and then disconnect, or remove them with all values.',
          ),
      }),
      answer: z.strictObject({
        ended: z
          .boolean()
          .describe('Whether the connection is disconnected. False while its records are being cleared.'),
        findings: z.array(findingItem),
        explanation: z.array(messageShape).describe('What this means for the records and fields.'),
      }),
      refusals: { 409: 'The fields cannot be treated this way. The error says why.' },
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
          findings: findings.map((finding) => describeFinding(shown(finding, guideFor(context.offers, row)), say)),
          explanation: explanation.map((one) => asMessage('findings', one, say)),
        };
      },
    }),
    ...connectingRoutes(context, finder, publicUrl),
    ...checkingRoutes(context, finder, countOutdated),
  ];
}
