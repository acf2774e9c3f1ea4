import { z } from 'zod';
import { type Route, route } from '../../../platform/http/route.ts';
import { findWorkspace, pauseWorkspace } from '../../../platform/workspaces/queries.ts';
import type { ConnectionsContext } from '../context.ts';

const switches = z.strictObject({
  asking: z.boolean().describe('Whether surveys are paused.'),
  writing: z.boolean().describe('Whether write-back is paused.'),
});

/** `GET` and `PATCH /api/pause`: the switches that stop asking, or writing, everywhere. */
export function pauseRoutes({ database, clock, wake, connections }: ConnectionsContext): readonly Route[] {
  const read = async (workspaceId: string) => {
    const workspace = await findWorkspace(database.db, workspaceId);
    return { asking: workspace?.surveysPausedAt != null, writing: workspace?.writeBackPausedAt != null };
  };

  return [
    route({
      method: 'get',
      path: '/pause',
      about: 'Workspace',
      summary: 'Gets whether surveys and write-back are paused.',
      scope: 'read',
      answer: switches,
      respond: ({ caller }) => read(caller.workspaceId),
    }),
    route({
      method: 'patch',
      path: '/pause',
      about: 'Workspace',
      summary: 'Pauses or resumes surveys and write-back.',
      scope: 'connections:write',
      body: switches.partial(),
      answer: switches,
      does: 'workspace.pause',
      respond: async ({ caller: { workspaceId }, body }) => {
        for (const what of ['asking', 'writing'] as const) {
          const paused = body[what];
          if (paused !== undefined) await pauseWorkspace(database.db, workspaceId, what, paused ? clock() : null);
        }
        await wake('recheck', workspaceId);
        for (const live of connections.all()) if (live.workspaceId === workspaceId) await wake('write', live.id);
        return read(workspaceId);
      },
    }),
  ];
}
