import { z } from 'zod';
import type { Context } from '../../flows/context.ts';
import { joinPeople } from '../../flows/writing/join.ts';
import { type Route, route } from './route.ts';
import { byId, id } from './shapes.ts';

const about = 'People';

/** `POST /api/contacts/:id/merge` with `{"into": …}`: these two are one person. */
export function peopleRoutes(context: Context): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/contacts/:id/merge',
      about,
      summary: 'Two people are one: this one goes up in the other.',
      scope: 'contacts:write',
      params: byId,
      body: z.strictObject({ into: id.describe('The other person’s id.') }),
      does: 'contact.merge',
      respond: ({ caller: { workspaceId }, params, body }) =>
        joinPeople(context, { workspaceId, loser: params.id, winner: body.into }),
    }),
  ];
}
