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
    twoFactor: z.boolean().describe('Whether signing in takes a second factor.'),
    lastSeenAt: utcTimestamp.nullable(),
    joinedAt: utcTimestamp,
  })
  .meta({ id: 'Member' });

export const memberInvitationItem = z
  .strictObject({
    id: z.string(),
    email: z.string(),
    role,
    invitedBy: z.string().nullable().describe('Their name; null for a key.'),
    createdAt: utcTimestamp,
    expiresAt: utcTimestamp,
  })
  .meta({ id: 'TeamInvitation' });

const byUser = z.strictObject({ user: z.string().min(1).max(64) });
const about = 'Access';
const ownersOnly = { 403: 'Only an owner may do this to an owner, or lacks the scope `admin`.' };

/** `/api/team`: who works in the workspace. */
export function teamRoutes(context: PlatformContext, { team, passwords, confirmsBy }: Access): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/team',
      about,
      summary: 'Who works here, and who is invited to.',
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
      summary: 'Invites somebody to work here. The link is in the answer, and mailed where there is an email server.',
      scope: 'admin',
      body: z.strictObject({ email: accountEmail, role }),
      status: 201,
      answer: memberInvitationItem.omit({ invitedBy: true, createdAt: true }).extend({
        link: z.string().describe('Good once, for seven days, for whoever has it.'),
        emailed: z.boolean(),
      }),
      refusals: {
        ...ownersOnly,
        409: 'They work here already.',
        429: '20 invitations in 24 hours, besides those into the workspace’s own domains.',
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
      summary: 'Takes an invitation back: its link opens nothing from now on.',
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
      summary: 'Gives somebody another role.',
      scope: 'admin',
      params: byUser,
      body: z.strictObject({ role }),
      refusals: { ...ownersOnly, 409: 'They are the last owner.' },
      isSensitive: true,
      does: 'team.change',
      isNoted: true,
      respond: ({ caller, params, body }) => team.change(caller, params.user, body.role),
    }),
    route({
      method: 'put',
      path: '/workspace/two-factor',
      about,
      summary: 'Says whether owners and admins may only look while they have no second factor.',
      scope: 'admin',
      body: z.strictObject({ required: z.boolean() }),
      refusals: { 409: 'Whoever requires it has none.' },
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
      summary: 'The keys and the waiting invitations that somebody made, to look at before they are removed.',
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
      summary:
        'Ends somebody’s work here: they are signed out, cannot sign in any more, and the invitations they made end.',
      scope: 'admin',
      params: byUser,
      query: z.strictObject({
        keys: z.enum(['end', 'keep']).optional().describe('The keys that they made; kept unless said.'),
      }),
      refusals: { ...ownersOnly, 409: 'They are the last owner.' },
      isSensitive: true,
      does: 'team.remove',
      isNoted: true,
      respond: ({ caller, params, query }) => team.remove(caller, params.user, { keys: query.keys === 'end' }),
    }),
    route({
      method: 'post',
      path: '/team/:user/reset-link',
      about,
      summary: 'Makes a link on which somebody sets a new password, to be handed over in person.',
      scope: 'admin',
      params: byUser,
      answer: z.strictObject({ link: z.string().describe('Good once, for an hour.'), until: utcTimestamp }),
      refusals: { ...ownersOnly, 409: 'They work in other workspaces, too.' },
      isSensitive: true,
      does: 'password.link',
      respond: ({ caller, params }) => passwords.linkFor(caller, params.user),
    }),
    route({
      method: 'delete',
      path: '/team/:user/second-factor',
      about,
      summary: 'Ends somebody’s second factor: for who lost their phone and the codes for that day.',
      scope: 'admin',
      params: byUser,
      refusals: { ...ownersOnly, 409: 'They work in other workspaces, too.' },
      isSensitive: true,
      does: 'twofactor.drop',
      isNoted: true,
      respond: ({ caller, params }) => team.dropSecondFactor(caller, params.user),
    }),
  ];
}
