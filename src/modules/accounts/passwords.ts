import { createHash } from 'node:crypto';
import { z } from 'zod';
import { hourMs } from '../../model/time-units.ts';
import { noteChange } from '../../platform/audit/queries.ts';
import type { Caller } from '../../platform/http/caller.ts';
import type { AccessOptions } from './access.ts';
import type { AccountHash } from './account-hash.ts';
import { encryptToken, readToken } from './encrypted-token.ts';
import { expiredLink } from './expired-link.ts';
import { slowHashing } from './password-hashing.ts';
import { verifyPassword } from './password-rules.ts';
import {
  endSignIns,
  findMemberships,
  findPassword,
  findUser,
  findUserByEmail,
  lockUser,
  setPassword,
} from './queries/accounts.ts';
import type { SignInLimits } from './sign-in-limits.ts';
import { verifyMayVouchFor } from './team.ts';

/** How long a link to a new password is good. */
const goodForMs = hourMs;

/** `instead` is the password that it replaces, hashed: once that is another one, the link opens nothing any more. */
const content = z.strictObject({
  purpose: z.literal('reset'),
  user: z.string(),
  instead: z.string(),
  until: z.int(),
});

/** A new password for somebody who lost theirs. */
export function createPasswords({
  database,
  encryption,
  clock,
  publicUrl,
  limits,
  accountHash,
  notify,
  passwordHashing = slowHashing,
}: AccessOptions & { limits: SignInLimits; accountHash: AccountHash }) {
  function linkFor(user: string, password: string | undefined): { link: string; until: Date } {
    const until = new Date(clock().getTime() + goodForMs);
    const encrypted: z.infer<typeof content> = {
      purpose: 'reset',
      user,
      instead: fingerprintOf(password),
      until: until.getTime(),
    };
    return { link: `${publicUrl}/reset#token=${encryptToken(encryption, encrypted)}`, until };
  }

  return {
    /** @returns nothing for an address that is nobody's, or of somebody who never had a password */
    async linkByEmail(email: string): Promise<{ link: string; workspaceId: string } | undefined> {
      const user = await findUserByEmail(database.db, email);
      const [membership] = user ? await findMemberships(database.db, user.id) : [];
      const password = user && (await findPassword(database.db, user.id));
      if (!user || !membership || password === undefined) return undefined;
      return { ...linkFor(user.id, password), workspaceId: membership.workspaceId };
    },

    /**
     * For somebody of the team, to be handed over in person.
     *
     * @throws NotFound when they do not work here
     */
    async linkFor(caller: Caller, userId: string): Promise<{ link: string; until: Date }> {
      await verifyMayVouchFor(database.db, caller, userId);
      return linkFor(userId, await findPassword(database.db, userId));
    },

    /**
     * Signs them out everywhere.
     *
     * @returns the address with which they sign in
     * @throws RequestError when the link is not ours, too old, or was used
     */
    async reset({ token, password }: { token: string; password: string }): Promise<string> {
      const read = readToken(encryption, content, token);
      const now = clock();
      if (!read || read.until < now.getTime()) throw expiredLink('reset');
      const companies = (await findMemberships(database.db, read.user)).map(({ workspaceName }) => workspaceName);
      verifyPassword(password, [(await findUser(database.db, read.user))?.email, ...companies]);
      const hashed = await passwordHashing.hash(password);
      const email = await database.transaction(async (tx) => {
        await lockUser(tx, read.user);
        const memberships = await findMemberships(tx, read.user);
        const isStanding = fingerprintOf(await findPassword(tx, read.user)) === read.instead;
        const user = await findUser(tx, read.user);
        if (!user || memberships.length === 0 || !isStanding) throw expiredLink('reset');
        await setPassword(tx, read.user, hashed, now);
        await endSignIns(tx, read.user);
        for (const { workspaceId } of memberships) {
          const of = { workspaceId, actor: read.user, action: 'password.reset', subject: read.user };
          await noteChange(tx, { ...of, at: now });
        }
        return user.email;
      });
      await limits.forget(accountHash(email));
      notify('password_reset', read.user);
      return email;
    },
  };
}

function fingerprintOf(password: string | undefined): string {
  return createHash('sha256')
    .update(password ?? '')
    .digest('base64url');
}
