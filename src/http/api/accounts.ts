import { z } from 'zod';
import type { Access } from '../../access/access.ts';
import { longestPassword, shortestPassword } from '../../access/accounts.ts';
import { role, scope } from '../../access/scopes.ts';
import { type Route, route } from './route.ts';

const about = 'Access';

/** `POST /api/setup` makes the first account; `GET /api/me` says who is asking. */
export function accountRoutes(access: Access): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/setup',
      about,
      summary: 'Makes the first account, with the token of the link that is printed at the start.',
      scope: null,
      body: z.strictObject({
        token: z.string().min(1).max(2000),
        email: z
          .email('must be an email address')
          .max(254)
          .transform((address) => address.toLowerCase()),
        password: z
          .string()
          .min(shortestPassword, `must be at least ${shortestPassword} characters`)
          .max(longestPassword, `must be at most ${longestPassword} characters`),
        name: z.string().trim().min(1, 'must not be empty').max(120),
      }),
      status: 201,
      answer: z.strictObject({ id: z.string() }),
      refusals: { 409: 'There is an account already.' },
      does: 'user.setup',
      respond: async ({ body }) => ({ id: await access.setUp(body) }),
    }),
    route({
      method: 'get',
      path: '/me',
      about,
      summary: 'Who is asking, in which workspace, and what they may do.',
      scope: 'read',
      answer: z.strictObject({
        workspace: z.string(),
        actor: z.string(),
        scopes: z.array(scope),
        user: z.strictObject({ id: z.string(), name: z.string(), email: z.string(), role }).nullable(),
      }),
      respond: async ({ caller: { workspaceId, actor, scopes, user } }) => ({
        workspace: workspaceId,
        actor,
        scopes: [...scopes],
        user: user ?? null,
      }),
    }),
  ];
}
