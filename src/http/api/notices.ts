import { z } from 'zod';
import type { Context } from '../../flows/context.ts';
import { replay } from '../../flows/hearing/replay.ts';
import { type Route, route } from './route.ts';
import { text } from './shapes.ts';

const byText = z.strictObject({ id: text(100) });

/** `POST /api/notices/:id/replay`. */
export function noticeRoutes(context: Context): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/notices/:id/replay',
      about: 'Connections',
      summary: 'Looks again at what a notice named, as if it had just come. Nobody is asked twice for it.',
      scope: 'connections:write',
      params: byText,
      status: 202,
      answer: z.strictObject({ status: z.literal('waiting').describe('Its `outcome` will say what came of it.') }),
      refusals: { 409: 'Its connection has ended.' },
      does: 'notice.replay',
      respond: async ({ caller, params }) => {
        await replay(context, caller.workspaceId, params.id);
        return { status: 'waiting' as const };
      },
    }),
  ];
}
