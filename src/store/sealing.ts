import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts what must not be readable in the database. */
export type Sealing = {
  seal(plain: string): string;
  /** @returns nothing when it was sealed under a key that is no longer among ours */
  unseal(sealed: string): string | undefined;
};

const cipher = 'aes-256-gcm';
/** Said at both ends: left to itself, Node.js also accepts a tag cut short, which is quickly guessed. */
const tag = { authTagLength: 16 };

/** @param secretKeys the first seals, all unseal: so that a key can be replaced */
export function createSealing(secretKeys: readonly [string, ...string[]]): Sealing {
  const keys = secretKeys.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'scoreback credentials', 32)));
  return {
    seal(plain) {
      const nonce = randomBytes(12);
      const encryption = createCipheriv(cipher, keys[0] as Buffer, nonce, tag);
      const body = Buffer.concat([encryption.update(plain, 'utf8'), encryption.final()]);
      return Buffer.concat([nonce, encryption.getAuthTag(), body]).toString('base64');
    },
    unseal(sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      for (const key of keys) {
        try {
          const decryption = createDecipheriv(cipher, key, bytes.subarray(0, 12), tag);
          decryption.setAuthTag(bytes.subarray(12, 28));
          return Buffer.concat([decryption.update(bytes.subarray(28)), decryption.final()]).toString('utf8');
        } catch {
          // Another key may open it.
        }
      }
      return undefined;
    },
  };
}
