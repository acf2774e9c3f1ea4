import { z } from 'zod';
import { Conflict } from '../../../model/errors.ts';
import type { PlatformContext } from '../../../platform/context.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { role } from '../../../platform/http/scopes.ts';
import { accountEmail, byId, utcTimestamp } from '../../../platform/http/shapes.ts';
import { updateWorkspace } from '../../../platform/workspaces/queries.ts';
import type { Access } from '../access.ts';
import { sendAccountEmail } from '../account-emails.ts';
import { describeKey, keyItem } from './keys.ts';

export const memberItem = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role,
    twoFactor: z.boolean().describe('Whether the user has two-factor authentication.'),
    lastSeenAt: utcTimestamp.nullable(),
    joinedAt: utcTimestamp,
  })
  .meta({ id: 'Member' });

export const memberInvitationItem = z
  .strictObject({
    id: z.string(),
    email: z.string(),
    role,
    invitedBy: z.string().nullable().describe('Name of the user who sent the invitation. Null for an API key.'),
    createdAt: utcTimestamp,
    expiresAt: utcTimestamp,
  })
  .meta({ id: 'TeamInvitation' });

const byUser = z.strictObject({ user: z.string().min(1).max(64) });
const about = 'Access';
const ownersOnly = { 403: 'Only an owner can change an owner, or the scope `admin` is missing.' };

/** `/api/team`: who works in the workspace. */
export function teamRoutes(context: PlatformContext, { team, passwords, confirmsBy }: Access): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/team',
      about,
      summary: 'Lists the members and pending invitations of the team.',
      scope: 'admin',
      answer: z.strictObject({ members: z.array(memberItem), invitations: z.array(memberInvitationItem) }),
      respond: async ({ caller: { workspaceId } }) => ({
        members: (await team.members(workspaceId)).map((of) => ({ ...of, role: role.parse(of.role) })),
        invitations: (await team.invitations(workspaceId)).map((of) => ({ ...of, role: role.parse(of.role) })),
      }),
    }),
    route({
      method: 'post',
      path: '/team/invitations',
      about,
      summary: 'Invites a user to the team. Returns the link, and emails it if an email server is set.',
      scope: 'admin',
      body: z.strictObject({ email: accountEmail, role }),
      status: 201,
      answer: memberInvitationItem.omit({ invitedBy: true, createdAt: true }).extend({
        link: z.string().describe('Invitation link. Valid once, for seven days.'),
        emailed: z.boolean(),
      }),
      refusals: {
        ...ownersOnly,
        409: 'The user is already a member.',
        429: 'The limit of 20 invitations in 24 hours outside the workspace’s own domains is reached.',
      },
      isSensitive: true,
      does: 'team.invite',
      isNoted: true,
      respond: async ({ caller, body }) => {
        const { invitation, link } = await team.invite(caller, body);
        const sentEmail = { workspaceId: caller.workspaceId, kind: 'join', to: body.email, link } as const;
        const emailed = await sendAccountEmail(context, sentEmail);
        return { id: invitation.id, ...body, expiresAt: invitation.expiresAt, link, emailed };
      },
    }),
    route({
      method: 'delete',
      path: '/team/invitations/:id',
      about,
      summary: 'Cancels a team invitation. Its link stops working.',
      scope: 'admin',
      params: byId,
      does: 'team.uninvite',
      isNoted: true,
      respond: ({ caller, params }) => team.uninvite(caller, params.id),
    }),
    route({
      method: 'patch',
      path: '/team/:user',
      about,
      summary: 'Changes the role of a member.',
      scope: 'admin',
      params: byUser,
      body: z.strictObject({ role }),
      refusals: { ...ownersOnly, 409: 'The user is the last owner.' },
      isSensitive: true,
      does: 'team.change',
      isNoted: true,
      respond: ({ caller, params, body }) => team.change(caller, params.user, body.role),
    }),
    route({
      method: 'put',
      path: '/workspace/two-factor',
      about,
      summary: 'Sets whether owners and admins need two-factor authentication to change anything.',
      scope: 'admin',
      body: z.strictObject({ required: z.boolean() }),
      refusals: { 409: 'The user who requires it does not have two-factor authentication.' },
      isSensitive: true,
      does: 'workspace.change',
      respond: async ({ caller: { workspaceId, user }, body: { required } }) => {
        if (required && user && (await confirmsBy(user)) === 'password') {
          throw new Conflict({ code: 'own_two_factor_missing', params: {} });
        }
        await updateWorkspace(context.database.db, workspaceId, { requireTwoFactor: required });
      },
    }),
    route({
      method: 'get',
      path: '/team/:user/made',
      about,
      summary: 'Lists the API keys and pending invitations that a member created.',
      scope: 'admin',
      params: byUser,
      answer: z.strictObject({
        keys: z.array(keyItem),
        invitations: z.array(memberInvitationItem.pick({ id: true, email: true, role: true })),
      }),
      respond: async ({ caller, params }) => {
        const { keys, invitations } = await team.createdBy(caller, params.user);
        return {
          keys: keys.map(describeKey),
          invitations: invitations.map((of) => ({ ...of, role: role.parse(of.role) })),
        };
      },
    }),
    route({
      method: 'delete',
      path: '/team/:user',
      about,
      summary: 'Removes a member. Ends their sessions and cancels the invitations they sent.',
      scope: 'admin',
      params: byUser,
      query: z.strictObject({
        keys: z
          .enum(['end', 'keep'])
          .optional()
          .describe('What to do with the API keys that the user created. Kept by default.'),
      }),
      refusals: { ...ownersOnly, 409: 'The user is the last owner.' },
      isSensitive: true,
      does: 'team.remove',
      isNoted: true,
      respond: ({ caller, params, query }) => team.remove(caller, params.user, { keys: query.keys === 'end' }),
    }),
    route({
      method: 'post',
      path: '/team/:user/reset-link',
      about,
      summary: 'Creates a password reset link for a member, to be handed over in person.',
      scope: 'admin',
      params: byUser,
      answer: z.strictObject({
        link: z.string().describe('Password reset link. Valid once, for an hour.'),
        until: utcTimestamp,
      }),
      refusals: { ...ownersOnly, 409: 'The user is also a member of other workspaces.' },
      isSensitive: true,
      does: 'password.link',
      respond: ({ caller, params }) => passwords.linkFor(caller, params.user),
    }),
    route({
      method: 'delete',
      path: '/team/:user/second-factor',
      about,
      summary: 'Removes two-factor authentication of a member who lost their device and backup codes.',
      scope: 'admin',
      params: byUser,
      refusals: { ...ownersOnly, 409: 'The user is also a member of other workspaces.' },
      isSensitive: true,
      does: 'twofactor.drop',
      isNoted: true,
      respond: ({ caller, params }) => team.dropSecondFactor(caller, params.user),
    }),
  ];
}
