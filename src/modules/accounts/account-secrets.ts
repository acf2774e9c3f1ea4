import { hkdfSync } from 'node:crypto';
import type { Queryable } from '../../platform/database/database.ts';
import { changeFactorSecrets, type FactorRow, factorsNotUnder } from './queries/second-factors.ts';

/** How many second factors one sweep encrypts anew at most. */
const batch = 200;

/** What better-auth signs cookies and encrypts second factors with, made from `SECRET_KEY`. */
export type AccountSecrets = {
  /** As better-auth takes them: the first signs and encrypts, all decrypt. */
  versioned: { version: number; value: string }[];
  /** For what was encrypted before keys had versions. */
  legacy: string;
};

/** @param secretKeys of `SECRET_KEY`, the current one first */
export function createAccountSecrets(secretKeys: readonly [string, ...string[]]): AccountSecrets {
  const versioned = [...new Set(secretKeys)].map((key) => ({
    // Of the key itself and not its place: the same key has the same version before and after a rotation.
    version: Buffer.from(hkdfSync('sha256', key, '', 'scoreback sessions version', 4)).readUInt32BE() >>> 1,
    value: Buffer.from(hkdfSync('sha256', key, '', 'scoreback sessions', 32)).toString('base64url'),
  }));
  return { versioned, legacy: versioned.at(-1)?.value ?? '' };
}

/**
 * Encrypts second factors under the current key that are under an earlier one, so that the earlier one can be dropped.
 * The sweep calls it; a factor that no key of ours reads is left as it is.
 *
 * @returns how many were encrypted anew
 */
export async function encryptFactorsAnew(db: Queryable, secrets: AccountSecrets): Promise<number> {
  const [current] = secrets.versioned;
  if (!current) throw new Error('there is always a key');
  const key = { keys: new Map([[current.version, current.value]]), currentVersion: current.version };
  let changed = 0;
  for (const row of await factorsNotUnder(db, `$ba$${current.version}$`, secrets.versioned.map(prefixOf), batch)) {
    const plain = await decryptFactor(secrets, row);
    if (!plain) continue;
    const { symmetricEncrypt } = await import('better-auth/crypto');
    const secret = await symmetricEncrypt({ key, data: plain.secret });
    const backupCodes = await symmetricEncrypt({ key, data: plain.backupCodes });
    if (await changeFactorSecrets(db, row, { secret, backupCodes })) changed += 1;
  }
  return changed;
}

const prefixOf = ({ version }: { version: number }) => `$ba$${version}$`;

/** @returns nothing when no key of ours reads it */
export async function decryptFactor(
  secrets: AccountSecrets,
  { secret, backupCodes }: Pick<FactorRow, 'secret' | 'backupCodes'>,
): Promise<Pick<FactorRow, 'secret' | 'backupCodes'> | undefined> {
  const plain = await decrypt(secrets, secret);
  const codes = await decrypt(secrets, backupCodes);
  return plain === undefined || codes === undefined ? undefined : { secret: plain, backupCodes: codes };
}

async function decrypt({ versioned }: AccountSecrets, data: string): Promise<string | undefined> {
  const { parseEnvelope, symmetricDecrypt } = await import('better-auth/crypto');
  const envelope = parseEnvelope(data);
  for (const { version, value } of versioned) {
    if (envelope && envelope.version !== version) continue;
    try {
      return await symmetricDecrypt({ key: value, data: envelope ? envelope.ciphertext : data });
    } catch {
      // Another key may read it.
    }
  }
  return undefined;
}
