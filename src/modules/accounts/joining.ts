import { z } from 'zod';
import { type BadRequest, Conflict, invalidInput } from '../../model/errors.ts';
import { noteChange } from '../../platform/audit/queries.ts';
import type { Queryable } from '../../platform/database/database.ts';
import type { Encryption } from '../../platform/encryption.ts';
import type { AccessOptions } from './access.ts';
import { encryptToken, readToken } from './encrypted-token.ts';
import { expiredLink } from './expired-link.ts';
import { slowHashing } from './password-hashing.ts';
import { verifyPassword } from './password-rules.ts';
import {
  addMember,
  addUser,
  findMemberships,
  findUserByEmail,
  findWaysIn,
  setPassword,
  type UserRow,
  updateUser,
} from './queries/accounts.ts';
import {
  acceptMemberInvitation,
  findMemberInvitation,
  type MemberInvitationRow,
} from './queries/member-invitations.ts';

const content = z.strictObject({ purpose: z.literal('join'), invitation: z.string() });

/** What somebody says who opens the link of an invitation. */
export type Joining = { token: string; name?: string | undefined; password?: string | undefined };

/** Where an invitation is accepted. */
export function joinLink(
  { encryption, publicUrl }: { encryption: Encryption; publicUrl: string },
  { id }: { id: string },
): string {
  const token = encryptToken(encryption, { purpose: 'join', invitation: id } satisfies z.infer<typeof content>);
  return `${publicUrl}/join#token=${token}`;
}

/** Accepting an invitation. */
export function createJoining({ database, encryption, clock, passwordHashing = slowHashing }: AccessOptions) {
  /** @throws RequestError when it cannot be accepted, or not any more */
  async function find(token: string) {
    const read = readToken(encryption, content, token);
    const found = read && (await findMemberInvitation(database.db, read.invitation, clock()));
    if (found) return found;
    throw expiredLink('invitation');
  }

  return {
    /** Who asks whom to what, and whether they have an account, as which they then have to join. */
    async read(token: string) {
      const found = await find(token);
      const known = await findUserByEmail(database.db, found.email);
      return { ...found, known: known !== undefined && (await isOpen(database.db, known)) };
    },

    /**
     * Joins whoever is signed in, or makes an account for somebody new.
     *
     * @param signedIn who opened the link
     * @returns who they are now
     */
    async join(
      { token, name, password }: Joining,
      signedIn: { id: string } | undefined,
    ): Promise<{ id: string; email: string }> {
      const { id, email, workspaceName } = await find(token);
      if (password !== undefined) verifyPassword(password, [email, workspaceName]);
      const hashed = password === undefined ? undefined : await passwordHashing.hash(password);
      const now = clock();
      return database.transaction(async (tx) => {
        // First of all, so that of two who open it at once one finds it used.
        const accepted = await acceptMemberInvitation(tx, id, now);
        if (!accepted) throw expiredLink('invitation');
        const known = await findUserByEmail(tx, accepted.email);
        const isKnown = known !== undefined && (await isOpen(tx, known));
        if (isKnown) verifyIs(known, signedIn);
        const userId = isKnown ? known.id : await open(tx, known, { email: accepted.email, name, hashed }, now);
        await enter(tx, accepted, userId, now);
        return { id: userId, email: accepted.email };
      });
    },
  };
}

/** An account for somebody new. Who worked here before comes back under the same id: the audit log knows them by it. */
async function open(
  tx: Queryable,
  known: UserRow | undefined,
  { email, name, hashed }: { email: string; name: string | undefined; hashed: string | undefined },
  now: Date,
): Promise<string> {
  if (name === undefined || hashed === undefined) throw nameAndPasswordNeeded({ name, password: hashed });
  const id = known?.id ?? (await addUser(tx, { name, email }, now));
  await updateUser(tx, id, { name, updatedAt: now });
  await setPassword(tx, id, hashed, now);
  return id;
}

/** @throws RequestError */
function verifyIs(known: UserRow, signedIn: { id: string } | undefined): void {
  if (signedIn?.id === known.id) return;
  throw new Conflict({ code: 'address_has_account', params: {} });
}

/** Lets somebody work in the workspace that they were invited to. @param by how they came */
export async function enter(
  tx: Queryable,
  { organizationId, role }: Pick<MemberInvitationRow, 'organizationId' | 'role'>,
  userId: string,
  now: Date,
  by: 'link' | 'single_sign_on' = 'link',
): Promise<void> {
  const already = (await findMemberships(tx, userId)).some(({ workspaceId }) => workspaceId === organizationId);
  if (already) return;
  const member = { workspaceId: organizationId, userId, role: role ?? 'viewer' };
  await addMember(tx, member, now);
  const of = { workspaceId: organizationId, actor: userId, action: 'team.join', subject: userId };
  await noteChange(tx, { ...of, detail: { role: member.role, by }, at: now });
}

/** Whether they can come in, or were here once and are not any more. */
async function isOpen(db: Queryable, { id }: UserRow): Promise<boolean> {
  return (await findWaysIn(db, id)).length > 0 || (await findMemberships(db, id)).length > 0;
}

function nameAndPasswordNeeded(sent: { name: string | undefined; password: string | undefined }): BadRequest {
  const missing = Object.entries(sent).filter(([, value]) => value === undefined);
  return invalidInput(missing.map(([field]) => ({ field, message: { code: 'field.required', params: {} } })));
}
