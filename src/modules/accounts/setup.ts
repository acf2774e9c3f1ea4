import { z } from 'zod';
import { Conflict } from '../../model/errors.ts';
import { dayMs } from '../../model/time-units.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Encryption } from '../../platform/encryption.ts';
import { encryptToken, readToken } from './encrypted-token.ts';
import { expiredLink } from './expired-link.ts';
import { type PasswordHashing, slowHashing } from './password-hashing.ts';
import { verifyPassword } from './password-rules.ts';
import { addFirstOwner, hasUsers } from './queries/accounts.ts';

/** How long the link to the first account is good. */
const goodForMs = 7 * dayMs;

const content = z.strictObject({ purpose: z.literal('setup'), until: z.int() });

export type SetupOptions = {
  database: Database;
  encryption: Encryption;
  clock: () => Date;
  publicUrl: string;
  passwordHashing?: PasswordHashing;
};

/** Where the first account is made; nothing once there is one. Good for a week, in every process. */
export async function setupLink({ database, encryption, clock, publicUrl }: SetupOptions): Promise<string | undefined> {
  if (await hasUsers(database.db)) return undefined;
  const until = clock().getTime() + goodForMs;
  const token = encryptToken(encryption, { purpose: 'setup', until } satisfies z.infer<typeof content>);
  return `${publicUrl}/setup#token=${token}`;
}

/** Whether it is the token of a setup link that still makes the first account. */
export async function opensSetup({ database, encryption, clock }: SetupOptions, token: string): Promise<boolean> {
  const read = readToken(encryption, content, token);
  return read !== undefined && read.until >= clock().getTime() && !(await hasUsers(database.db));
}

/**
 * Makes the first account, which owns the workspace.
 *
 * @returns the user's id
 * @throws RequestError when the link is not ours or too old, or somebody was faster
 */
export async function setUp(
  { database, encryption, clock, passwordHashing = slowHashing }: SetupOptions,
  { token, password, ...owner }: { workspaceId: string; token: string; email: string; password: string; name: string },
): Promise<string> {
  const read = readToken(encryption, content, token);
  if (!read || read.until < clock().getTime()) {
    throw expiredLink('setup');
  }
  verifyPassword(password, [owner.email]);
  const hashed = await passwordHashing.hash(password);
  const id = await database.transaction((tx) => addFirstOwner(tx, { ...owner, password: hashed }, clock()));
  if (id !== undefined) return id;
  throw new Conflict({ code: 'account_exists', params: {} });
}
