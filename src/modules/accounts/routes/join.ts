import { z } from 'zod';
import type { PlatformContext } from '../../../platform/context.ts';
import { networkOf } from '../../../platform/http/request-limits.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { role } from '../../../platform/http/scopes.ts';
import type { Access } from '../access.ts';
import { createTries } from '../tries.ts';
import { memberName, password, token } from './accounts.ts';

const about = 'Access';
const refusals = { 429: 'This was tried too often from one address.' };

/** `POST /api/join/invitation` and `/api/join`: what the link of an invitation to the team opens. */
export function joinRoutes(
  { clock }: PlatformContext,
  { joining, findSignedIn, rememberDevice }: Access,
): readonly Route[] {
  const tries = createTries({ most: 30, window: 60_000 }, clock);

  return [
    route({
      method: 'post',
      path: '/join/invitation',
      about,
      summary: 'Who invites whom to what. The token is in the body, so that no proxy writes it down.',
      scope: null,
      isQuestion: true,
      body: z.strictObject({ token }),
      answer: z.strictObject({
        workspace: z.string().nullable().describe('Its name, if it has one.'),
        invitedBy: z.string().nullable(),
        email: z.string(),
        role,
        known: z.boolean().describe('Whether this address has an account: its owner signs in first, then joins.'),
      }),
      refusals,
      respond: async ({ body, visitor }) => {
        tries.verify(networkOf(visitor.address));
        const { workspaceName, invitedBy, email, known, ...of } = await joining.read(body.token);
        return { workspace: workspaceName, invitedBy, email, role: role.parse(of.role), known };
      },
    }),
    route({
      method: 'post',
      path: '/join',
      about,
      summary: 'Joins whoever is signed in, or makes an account for somebody new.',
      scope: null,
      body: z.strictObject({
        token,
        name: memberName.optional().describe('Of somebody new.'),
        password: password.optional().describe('Of somebody new.'),
      }),
      status: 201,
      answer: z.strictObject({ id: z.string() }),
      refusals: { ...refusals, 409: 'The address has an account, and its owner is not the one who is signed in.' },
      does: 'team.join',
      isNoted: true,
      respond: async ({ body, visitor }) => {
        tries.verify(networkOf(visitor.address));
        const { id, email } = await joining.join(body, await findSignedIn(visitor.headers));
        visitor.setCookies(await rememberDevice(visitor.headers, email));
        return { id };
      },
    }),
  ];
}
