import { z } from 'zod';
import type { PlatformContext } from '../../../platform/context.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { accountEmail } from '../../../platform/http/shapes.ts';
import type { Access } from '../access.ts';
import { longestPassword, shortestPassword } from '../password-rules.ts';

const about = 'Access';

export const password = z.string().min(shortestPassword).max(longestPassword);

export const memberName = z.string().trim().min(1).max(120);

/** What a link of ours carries. */
export const token = z.string().min(1).max(2000);

/** `POST /api/setup` makes the first account; `GET /api/sign-in` says how the others come in. */
export function accountRoutes({ email }: PlatformContext, access: Access, sandbox: boolean): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/setup',
      about,
      summary: 'Creates the first account, with the token of the link that is logged at startup.',
      scope: null,
      body: z.strictObject({ token, email: accountEmail, password, name: memberName }),
      status: 201,
      answer: z.strictObject({ id: z.string() }),
      refusals: { 409: 'An account exists already.' },
      does: 'user.setup',
      respond: async ({ body, visitor }) => {
        const id = await access.setUp(body);
        visitor.setCookies(await access.rememberDevice(visitor.headers, body.email));
        return { id };
      },
    }),
    route({
      method: 'get',
      path: '/sign-in',
      about,
      summary: 'Gets the ways to sign in.',
      scope: null,
      answer: z.strictObject({
        account: z.boolean().describe('Whether an account exists. If not, use the link that is logged at startup.'),
        singleSignOn: z.string().nullable().describe('Name of the identity provider, if one is set.'),
        resetByEmail: z.boolean().describe('Whether a password reset link can be emailed.'),
        sandbox: z.boolean(),
      }),
      respond: async () => ({
        account: await access.hasUsers(),
        singleSignOn: access.singleSignOnName ?? null,
        resetByEmail: email !== undefined,
        sandbox,
      }),
    }),
  ];
}
