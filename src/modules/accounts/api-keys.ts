import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { minuteMs } from '../../model/time-units.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { type Scope, scope } from '../../platform/http/scopes.ts';
import { type ApiKeyRow, addApiKey, findApiKey, noteApiKeyUsed } from './queries/api-keys.ts';

/** How precise the saved time of a key's last use is. */
const usedPrecisionMs = minuteMs;

/** By what our keys are known when one turns up where it should not be. */
const prefix = 'scoreback_';

export type NewKey = {
  workspaceId: string;
  name: string;
  scopes: readonly Scope[];
  /** Nothing: until it is taken away. */
  expiresAt: Date | null;
  createdBy: string;
};

/** @returns the key itself, which is not kept and never seen again */
export async function makeKey(
  { db }: Pick<Database, 'db'>,
  { scopes, ...newKey }: NewKey,
  now: Date,
): Promise<{ row: ApiKeyRow; key: string }> {
  const key = `${prefix}${randomBytes(32).toString('base64url')}`;
  const begins = key.slice(0, prefix.length + 6);
  const row = await addApiKey(db, { ...newKey, scopes: [...scopes], hash: hashOf(key), begins, createdAt: now });
  return { row, key };
}

/** Whose key this is; nothing when it is nobody's, or no longer. */
export async function findCallerByKey(
  { db }: Pick<Database, 'db'>,
  key: string,
  now: Date,
): Promise<Caller | undefined> {
  const row = await findApiKey(db, hashOf(key));
  if (!row || (row.expiresAt !== null && row.expiresAt <= now)) return undefined;
  if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() >= usedPrecisionMs) {
    await noteApiKeyUsed(db, row.id, now);
  }
  const scopes = row.scopes.flatMap((name) => scope.safeParse(name).data ?? []);
  return { workspaceId: row.workspaceId, actor: row.id, scopes: new Set(scopes) };
}

/** Whether two keys are the same, without telling by the time it takes how much of them is. */
export function sameKey(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function hashOf(key: string): string {
  return digest(key).toString('hex');
}

const digest = (text: string) => createHash('sha256').update(text).digest();
