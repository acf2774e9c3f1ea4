import { z } from 'zod';
import { minuteMs } from '../../../model/time-units.ts';
import type { PlatformContext } from '../../../platform/context.ts';
import { networkPrefix } from '../../../platform/http/request-limits.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { role } from '../../../platform/http/scopes.ts';
import type { Access } from '../access.ts';
import { createTries } from '../tries.ts';
import { memberName, password, token } from './accounts.ts';

const about = 'Access';
const refusals = { 429: 'Too many attempts from one IP address.' };

/** `POST /api/join/invitation` and `/api/join`: what the link of an invitation to the team opens. */
export function joinRoutes(
  { clock }: PlatformContext,
  { joining, findSignedIn, rememberDevice }: Access,
): readonly Route[] {
  const tries = createTries({ most: 30, window: minuteMs }, clock);

  return [
    route({
      method: 'post',
      path: '/join/invitation',
      about,
      summary: 'Gets a team invitation by its token. The token is in the body so that proxies do not log it.',
      scope: null,
      isQuestion: true,
      body: z.strictObject({ token }),
      answer: z.strictObject({
        workspace: z.string().nullable().describe('Name of the workspace, if it has one.'),
        invitedBy: z.string().nullable(),
        email: z.string(),
        role,
        known: z.boolean().describe('Whether this address has an account. Its owner must sign in before joining.'),
      }),
      refusals,
      respond: async ({ body, visitor }) => {
        tries.verify(networkPrefix(visitor.address));
        const { workspaceName, invitedBy, email, known, ...of } = await joining.read(body.token);
        return { workspace: workspaceName, invitedBy, email, role: role.parse(of.role), known };
      },
    }),
    route({
      method: 'post',
      path: '/join',
      about,
      summary: 'Accepts a team invitation, with a new account if needed.',
      scope: null,
      body: z.strictObject({
        token,
        name: memberName.optional().describe('Name of the new user.'),
        password: password.optional().describe('Name of the new user.'),
      }),
      status: 201,
      answer: z.strictObject({ id: z.string() }),
      refusals: { ...refusals, 409: 'The address belongs to an account that is not signed in.' },
      does: 'team.join',
      isNoted: true,
      respond: async ({ body, visitor }) => {
        tries.verify(networkPrefix(visitor.address));
        const { id, email } = await joining.join(body, await findSignedIn(visitor.headers));
        visitor.setCookies(await rememberDevice(visitor.headers, email));
        return { id };
      },
    }),
  ];
}
