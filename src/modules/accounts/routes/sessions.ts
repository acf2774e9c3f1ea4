import { z } from 'zod';
import { NotFound } from '../../../model/errors.ts';
import type { PlatformContext } from '../../../platform/context.ts';
import { signedIn } from '../../../platform/http/authenticate.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { byTextId, utcTimestamp } from '../../../platform/http/shapes.ts';
import { endOtherSessions, endSession, listSessions } from '../queries/sessions.ts';
import { readDevice } from './device.ts';

export const sessionItem = z
  .strictObject({
    id: z.string(),
    current: z.boolean().describe('Whether this is the current session.'),
    browser: z.string().nullable().describe('Name of the browser, if known.'),
    system: z.string().nullable(),
    agent: z.string().nullable().describe('The user agent.'),
    address: z.string().nullable(),
    createdAt: utcTimestamp.describe('When the session started.'),
    expiresAt: utcTimestamp,
  })
  .meta({ id: 'Session' });

const about = 'Access';

/** `/api/sessions`: where one is signed in. */
export function sessionRoutes({ database }: PlatformContext): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/sessions',
      about,
      summary: 'Lists the user’s sessions.',
      scope: 'self',
      answer: z.strictObject({ items: z.array(sessionItem), next: z.null() }),
      respond: async ({ caller }) => {
        const { id: userId, sessionId } = signedIn(caller);
        const found = await listSessions(database.db, userId);
        const items = found.map((of) => ({
          ...of,
          ...readDevice(of.agent ?? ''),
          address: of.address === '' ? null : of.address,
          current: of.id === sessionId,
        }));
        return { items, next: null };
      },
    }),
    route({
      method: 'delete',
      path: '/sessions/:id',
      about,
      summary: 'Ends a session.',
      scope: 'self',
      params: byTextId,
      does: 'session.end',
      respond: async ({ caller, params }) => {
        const ended = await endSession(database.db, signedIn(caller).id, params.id);
        if (!ended) throw new NotFound('session');
      },
    }),
    route({
      method: 'delete',
      path: '/sessions',
      about,
      summary: 'Ends all other sessions of the user.',
      scope: 'self',
      does: 'session.end',
      respond: async ({ caller }) => {
        const { id, sessionId } = signedIn(caller);
        await endOtherSessions(database.db, id, sessionId);
      },
    }),
  ];
}
