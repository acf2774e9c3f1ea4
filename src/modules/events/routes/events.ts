import { z } from 'zod';
import { type Route, route } from '../../../platform/http/route.ts';
import { text } from '../../../platform/http/shapes.ts';
import type { EventsContext } from '../context.ts';
import { replayEvent } from '../replay.ts';

const byText = z.strictObject({ id: text(100) });

/** `POST /api/events/:id/replay`. */
export function eventRoutes(context: EventsContext): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/events/:id/replay',
      about: 'Connections',
      summary: 'Replays an event as if it had just arrived. Nobody is asked twice.',
      scope: 'connections:write',
      params: byText,
      status: 202,
      answer: z.strictObject({ status: z.literal('waiting').describe('The result is in `outcome` of the event.') }),
      refusals: { 409: 'The connection is disconnected.' },
      does: 'event.replay',
      respond: async ({ caller, params }) => {
        await replayEvent(context, caller.workspaceId, params.id);
        return { status: 'waiting' as const };
      },
    }),
  ];
}
