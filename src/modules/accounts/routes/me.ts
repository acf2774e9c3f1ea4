import { z } from 'zod';
import { invalidField } from '../../../model/errors.ts';
import type { PlatformContext } from '../../../platform/context.ts';
import { signedIn } from '../../../platform/http/authenticate.ts';
import type { Caller } from '../../../platform/http/caller.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { role, scope } from '../../../platform/http/scopes.ts';
import { withoutUndefined } from '../../../platform/http/shapes.ts';
import { findWorkspace, timeZoneOf } from '../../../platform/workspaces/queries.ts';
import type { Access } from '../access.ts';
import { longestPassword } from '../password-rules.ts';
import { membershipsOf, updateUser } from '../queries/accounts.ts';
import { turnSession } from '../queries/sessions.ts';
import { memberName } from './accounts.ts';

const consoleLanguage = z.enum(['en', 'de', 'fr', 'es', 'nb']);
const colorScheme = z.enum(['light', 'dark']);

export const me = z.strictObject({
  workspace: z.string().describe('The one that is looked at.'),
  timeZone: z.string().describe('The workspace’s: in which days are cut.'),
  workspaces: z
    .array(z.strictObject({ id: z.string(), name: z.string().nullable(), role: role.nullable() }))
    .describe('All that one may look at; the role is of people.'),
  actor: z.string().describe('As it stands in the audit log.'),
  scopes: z.array(scope),
  user: z
    .strictObject({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      role,
      twoFactor: z.boolean(),
      twoFactorMissing: z
        .boolean()
        .describe('Whether the workspace requires a second factor of them: until they have one they may only look.'),
      confirmsBy: z
        .enum(['code', 'password', 'provider'])
        .describe('What `POST /confirm` takes; with `provider`, sign in again by single sign-on.'),
      language: consoleLanguage.nullable().describe('Of the console; null is the browser’s.'),
      colorScheme: colorScheme.nullable().describe('Null is the system’s.'),
    })
    .nullable()
    .describe('Null for a key.'),
  sandbox: z.boolean(),
});

const about = 'Access';

/** `GET` and `PATCH /api/me`: who is asking, and what they chose for themselves. */
export function meRoutes({ database, clock }: PlatformContext, access: Access, sandbox: boolean): readonly Route[] {
  async function workspacesOf({ workspaceId, user }: Caller) {
    if (!user) {
      const found = await findWorkspace(database.db, workspaceId);
      return [{ id: workspaceId, name: found?.name ?? null, role: null }];
    }
    const memberships = await membershipsOf(database.db, user.id);
    return memberships.map((of) => ({ id: of.workspaceId, name: of.workspaceName, role: role.parse(of.role) }));
  }

  async function describe(caller: Caller): Promise<z.output<typeof me>> {
    const { workspaceId, actor, scopes, user } = caller;
    return {
      workspace: workspaceId,
      timeZone: await timeZoneOf(database.db, workspaceId),
      workspaces: await workspacesOf(caller),
      actor,
      scopes: [...scopes],
      user: user ? { ...describeUser(user), confirmsBy: await access.confirmsBy(user) } : null,
      sandbox,
    };
  }

  return [
    route({
      method: 'get',
      path: '/me',
      about,
      summary: 'Who is asking, in which workspace, and what they may do.',
      scope: 'read',
      answer: me,
      respond: ({ caller }) => describe(caller),
    }),
    route({
      method: 'post',
      path: '/confirm',
      about,
      summary:
        'Shows again that it is oneself, before what opens doors: by a code of the second factor, or the password.',
      scope: 'self',
      body: z
        .strictObject({
          password: z.string().max(longestPassword).describe('Without a second factor.'),
          code: z.string().trim().max(40).describe('Of the app, or a backup code.'),
        })
        .partial(),
      refusals: { 409: 'It takes single sign-on, or the second factor cannot be read.', 429: 'Tried too often.' },
      does: 'session.confirm',
      respond: ({ caller, body, visitor }) => access.confirm(signedIn(caller), visitor.headers, withoutUndefined(body)),
    }),
    route({
      method: 'patch',
      path: '/me',
      about,
      summary: 'Changes one’s name and what one chose for the console, and turns to another workspace.',
      scope: 'self',
      body: z
        .strictObject({
          name: memberName,
          language: consoleLanguage.nullable(),
          colorScheme: colorScheme.nullable(),
          workspace: z.string().max(100).describe('The one to look at from now on, in this session.'),
        })
        .partial(),
      answer: me,
      does: 'user.change',
      respond: async ({ caller, body: { workspace, ...chosen }, visitor }) => {
        const { id, sessionId } = signedIn(caller);
        if (workspace !== undefined) {
          const found = (await membershipsOf(database.db, id)).some(({ workspaceId }) => workspaceId === workspace);
          if (!found) {
            throw invalidField('workspace', { code: 'field.not_your_workspace', params: {} });
          }
          await turnSession(database.db, sessionId, workspace);
        }
        const changes = withoutUndefined(chosen);
        const touched = Object.keys(changes).length > 0 ? { updatedAt: clock() } : {};
        await updateUser(database.db, id, { ...changes, ...touched });
        const now = await access.identify(visitor.headers);
        if (!now) throw new Error('somebody is gone while they change themselves');
        return describe(now);
      },
    }),
  ];
}

function describeUser({ id, name, email, role, twoFactor, twoFactorMissing, ...chosen }: NonNullable<Caller['user']>) {
  const language = consoleLanguage.safeParse(chosen.language).data ?? null;
  return {
    id,
    name,
    email,
    role,
    twoFactor,
    twoFactorMissing,
    language,
    colorScheme: colorScheme.safeParse(chosen.colorScheme).data ?? null,
  };
}
