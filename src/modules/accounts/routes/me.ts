import { z } from 'zod';
import { invalidField } from '../../../model/errors.ts';
import type { PlatformContext } from '../../../platform/context.ts';
import { signedIn } from '../../../platform/http/authenticate.ts';
import type { Caller } from '../../../platform/http/caller.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { role, scope } from '../../../platform/http/scopes.ts';
import { withoutUndefined } from '../../../platform/http/shapes.ts';
import { findTimeZone, findWorkspace } from '../../../platform/workspaces/queries.ts';
import type { Access } from '../access.ts';
import { longestPassword } from '../password-rules.ts';
import { findMemberships, updateUser } from '../queries/accounts.ts';
import { turnSession } from '../queries/sessions.ts';
import { memberName } from './accounts.ts';

const consoleLanguage = z.enum(['en', 'de', 'fr', 'es', 'nb']);
const colorScheme = z.enum(['light', 'dark']);

export const me = z.strictObject({
  workspace: z.string().describe('The current workspace.'),
  timeZone: z.string().describe('Time zone of the workspace, in which days begin.'),
  workspaces: z
    .array(z.strictObject({ id: z.string(), name: z.string().nullable(), role: role.nullable() }))
    .describe('Workspaces of the user, with their role.'),
  actor: z.string().describe('ID in the audit log.'),
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
        .describe(
          'Whether the workspace requires two-factor authentication that the user has not set up. Until then they have read access only.',
        ),
      confirmsBy: z
        .enum(['code', 'password', 'provider'])
        .describe('What `POST /confirm` accepts. `provider` means to sign in again by single sign-on.'),
      language: consoleLanguage.nullable().describe('Language of the console. Null follows the browser.'),
      colorScheme: colorScheme.nullable().describe('Null follows the system.'),
    })
    .nullable()
    .describe('The user. Null for an API key.'),
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
    const memberships = await findMemberships(database.db, user.id);
    return memberships.map((of) => ({ id: of.workspaceId, name: of.workspaceName, role: role.parse(of.role) }));
  }

  async function describe(caller: Caller): Promise<z.output<typeof me>> {
    const { workspaceId, actor, scopes, user } = caller;
    return {
      workspace: workspaceId,
      timeZone: await findTimeZone(database.db, workspaceId),
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
      summary: 'Gets the caller, their workspace and their permissions.',
      scope: 'read',
      answer: me,
      respond: ({ caller }) => describe(caller),
    }),
    route({
      method: 'post',
      path: '/confirm',
      about,
      summary: 'Confirms the user’s identity before a sensitive operation, with a two-factor code or the password.',
      scope: 'self',
      body: z
        .strictObject({
          password: z.string().max(longestPassword).describe('Password, for users without two-factor authentication.'),
          code: z.string().trim().max(40).describe('Code of the authenticator app, or a backup code.'),
        })
        .partial(),
      refusals: {
        409: 'The user signs in by single sign-on, or the second factor cannot be decrypted.',
        429: 'Too many attempts.',
      },
      does: 'session.confirm',
      respond: ({ caller, body, visitor }) => access.confirm(signedIn(caller), visitor.headers, withoutUndefined(body)),
    }),
    route({
      method: 'patch',
      path: '/me',
      about,
      summary: 'Updates the user’s name and console preferences, or switches the workspace.',
      scope: 'self',
      body: z
        .strictObject({
          name: memberName,
          language: consoleLanguage.nullable(),
          colorScheme: colorScheme.nullable(),
          workspace: z.string().max(100).describe('ID of the workspace to switch to in this session.'),
        })
        .partial(),
      answer: me,
      does: 'user.change',
      respond: async ({ caller, body: { workspace, ...chosen }, visitor }) => {
        const { id, sessionId } = signedIn(caller);
        if (workspace !== undefined) {
          const found = (await findMemberships(database.db, id)).some(({ workspaceId }) => workspaceId === workspace);
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
