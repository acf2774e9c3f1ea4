import { Conflict, Forbidden, NotFound, TooManyRequests } from '../../model/errors.ts';
import { dayMs } from '../../model/time-units.ts';
import { noteChange } from '../../platform/audit/queries.ts';
import type { Queryable } from '../../platform/database/database.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { type Role, role as roleSchema, roleScopes } from '../../platform/http/scopes.ts';
import { findWorkspace } from '../../platform/workspaces/queries.ts';
import type { AccessOptions } from './access.ts';
import { joinLink } from './joining.ts';
import { isOwnAddress, readOwnAddresses } from './own-addresses.ts';
import { closeAccount, findMemberships, findUserByEmail, forgetSecondFactor } from './queries/accounts.ts';
import { type ApiKeyRow, listApiKeys, removeApiKey } from './queries/api-keys.ts';
import {
  addMemberInvitation,
  listMemberInvitations,
  listMemberInvitationsBy,
  type MemberInvitationRow,
  removeMemberInvitation,
} from './queries/member-invitations.ts';
import { changeRole, listMembers, lockTeam, removeMember } from './queries/members.ts';
import { lockCount, nthTeamInvitation } from './queries/outside-emails.ts';

/** How long the link of an invitation is good. */
const goodForMs = 7 * dayMs;

/** Invitations that a workspace may make in `countedForMs`, so that nobody uses them to send spam. */
const mostInvitations = 20;

/** Milliseconds. */
const countedForMs = dayMs;

/** Who works in the caller's workspace, and who may say so. */
export function createTeam(options: AccessOptions) {
  const { database, clock, notify } = options;

  async function note(tx: Queryable, caller: Caller, action: string, subject: string, detail = {}): Promise<void> {
    const { workspaceId, actor } = caller;
    await noteChange(tx, { workspaceId, actor, action, subject, detail, at: clock() });
  }

  /** What it takes to change somebody, once it is settled that they are there. */
  async function lockFor(tx: Queryable, caller: Caller, userId: string, requested?: Role): Promise<{ role: string }> {
    const team = await lockTeam(tx, caller.workspaceId);
    const found = team.find((of) => of.userId === userId);
    if (!found) throw new NotFound('member');
    if (found.role === 'owner' || requested === 'owner') verifyMayMakeOwners(caller);
    if (requested !== undefined) verifyMayGive(caller, requested);
    const owners = team.filter(({ role }) => role === 'owner').length;
    if (found.role === 'owner' && requested !== 'owner' && owners === 1) {
      throw new Conflict({ code: 'last_owner', params: {} });
    }
    return found;
  }

  return {
    members: (workspaceId: string) => listMembers(database.db, workspaceId),
    invitations: (workspaceId: string) => listMemberInvitations(database.db, workspaceId),

    /**
     * @returns the invitation and its link, which whoever has it may open
     * @throws TooManyRequests after 20 in 24 hours, unless the address is the workspace's own or in its own domains
     */
    async invite(
      caller: Caller,
      { email, role }: { email: string; role: Role },
    ): Promise<{ invitation: MemberInvitationRow; link: string }> {
      if (role === 'owner') verifyMayMakeOwners(caller);
      verifyMayGive(caller, role);
      const { workspaceId, user } = caller;
      const now = clock();
      const expiresAt = new Date(now.getTime() + goodForMs);
      const invitation = await database.transaction(async (tx) => {
        const known = await findUserByEmail(tx, email);
        const memberships = known ? await findMemberships(tx, known.id) : [];
        if (memberships.some((of) => of.workspaceId === workspaceId)) {
          const problems = [{ field: 'email', message: { code: 'field.already_member', params: {} } }] as const;
          throw new Conflict({ code: 'already_member', params: {} }, { problems });
        }
        await limitInvitations(tx, { workspaceId, email, now });
        const requested = { workspaceId, email, role, inviterId: user?.id ?? null, expiresAt };
        const added = await addMemberInvitation(tx, requested, now);
        await note(tx, caller, 'team.invite', added.id, { role });
        return added;
      });
      return { invitation, link: joinLink(options, invitation) };
    },

    /** @throws NotFound when there is none, or it was accepted */
    async uninvite(caller: Caller, id: string): Promise<void> {
      await database.transaction(async (tx) => {
        const removed = await removeMemberInvitation(tx, caller.workspaceId, id);
        if (!removed) throw new NotFound('invitation');
        await note(tx, caller, 'team.uninvite', id);
      });
    },

    async change(caller: Caller, userId: string, role: Role): Promise<void> {
      await database.transaction(async (tx) => {
        const before = await lockFor(tx, caller, userId, role);
        await changeRole(tx, caller.workspaceId, userId, role);
        await note(tx, caller, 'team.change', userId, { from: before.role, to: role });
      });
      notify('role_changed', userId);
    },

    /** For somebody who lost their phone, and the codes for that day with it. */
    async dropSecondFactor(caller: Caller, userId: string): Promise<void> {
      await database.transaction(async (tx) => {
        await verifyMayVouchFor(tx, caller, userId);
        await forgetSecondFactor(tx, userId);
        await note(tx, caller, 'twofactor.drop', userId);
      });
      notify('factor_removed', userId);
    },

    /**
     * What somebody has made that outlives them: keys, also those made by their keys, and invitations that wait.
     *
     * @throws NotFound when they do not work here
     */
    async createdBy({ workspaceId }: Caller, userId: string) {
      const members = await listMembers(database.db, workspaceId);
      if (!members.some(({ id }) => id === userId)) throw new NotFound('member');
      return {
        keys: await keysMadeBy(database.db, workspaceId, userId),
        invitations: await invitationsMadeBy(database.db, workspaceId, userId),
      };
    },

    /**
     * Whoever works nowhere any more cannot sign in either. Invitations that they made end with them.
     *
     * @param keys whether the keys that they made end as well
     */
    async remove(caller: Caller, userId: string, { keys }: { keys: boolean }): Promise<void> {
      await database.transaction(async (tx) => {
        const before = await lockFor(tx, caller, userId);
        const { workspaceId } = caller;
        for (const { id } of await invitationsMadeBy(tx, workspaceId, userId)) {
          await removeMemberInvitation(tx, workspaceId, id);
          await note(tx, caller, 'team.uninvite', id);
        }
        for (const { id } of keys ? await keysMadeBy(tx, workspaceId, userId) : []) {
          await removeApiKey(tx, workspaceId, id);
          await note(tx, caller, 'key.delete', id);
        }
        await removeMember(tx, caller.workspaceId, userId);
        if ((await findMemberships(tx, userId)).length === 0) await closeAccount(tx, userId);
        await note(tx, caller, 'team.remove', userId, { role: before.role });
      });
    },
  };
}

/** Also those that were made with one of their keys, and so on. */
async function keysMadeBy(db: Queryable, workspaceId: string, userId: string): Promise<ApiKeyRow[]> {
  const all = await listApiKeys(db, workspaceId);
  const makers = new Set([userId]);
  for (const { id, createdBy } of all.toReversed()) if (makers.has(createdBy)) makers.add(id);
  return all.filter(({ createdBy }) => makers.has(createdBy));
}

/** Those that wait still. Of an invitation made with a key the audit log knows which key. */
async function invitationsMadeBy(db: Queryable, workspaceId: string, userId: string) {
  const keys = (await keysMadeBy(db, workspaceId, userId)).map(({ id }) => id);
  return listMemberInvitationsBy(db, workspaceId, [userId, ...keys]);
}

/**
 * Whoever changes how somebody comes in can become them, so it takes as much as making them what they are here, and
 * they must be nothing elsewhere.
 *
 * @throws NotFound when they do not work here
 */
export async function verifyMayVouchFor(db: Queryable, caller: Caller, userId: string): Promise<void> {
  const memberships = await findMemberships(db, userId);
  const here = memberships.find(({ workspaceId }) => workspaceId === caller.workspaceId);
  if (!here) throw new NotFound('member');
  if (here.role === 'owner') verifyMayMakeOwners(caller);
  verifyMayGive(caller, roleSchema.parse(here.role));
  if (memberships.length > 1 && caller.actor !== 'environment') {
    throw new Conflict({ code: 'works_elsewhere', params: {} });
  }
}

/** Nobody gives more than they have: a role's scopes are a caller's own. @throws RequestError */
function verifyMayGive({ scopes }: Caller, role: Role): void {
  const missing = [...roleScopes(role)].filter((scope) => !scopes.has(scope));
  if (missing.length > 0) throw new Forbidden({ code: 'scopes_missing', params: { scopes: missing } });
}

/** An owner may, and whoever runs the service. @throws RequestError */
function verifyMayMakeOwners({ user, actor }: Caller): void {
  if (user?.role === 'owner' || actor === 'environment') return;
  throw new Forbidden({ code: 'owners_only', params: {} });
}

/** @throws TooManyRequests */
async function limitInvitations(
  tx: Queryable,
  { workspaceId, email, now }: { workspaceId: string; email: string; now: Date },
): Promise<void> {
  const workspace = await findWorkspace(tx, workspaceId);
  if (workspace && isOwnAddress(email, readOwnAddresses(workspace))) return;
  await lockCount(tx, workspaceId, 'team.invite');
  const since = new Date(now.getTime() - countedForMs);
  const last = await nthTeamInvitation(tx, { workspaceId, since }, mostInvitations);
  if (!last) return;
  const wait = last.getTime() + countedForMs - now.getTime();
  throw new TooManyRequests(wait, { kind: 'invitations', max: mostInvitations });
}
