import type { z } from 'zod';
import type { Encryption } from '../../platform/encryption.ts';

/** What a link carries, encrypted: nobody can read it, and what was not made here opens nothing. */
export function encryptToken(encryption: Encryption, content: object): string {
  return encryption.tokens.encrypt(JSON.stringify(content));
}

/** @returns nothing when it is not ours, or was made for something else */
export function readToken<Schema extends z.ZodType>(
  encryption: Encryption,
  schema: Schema,
  token: string,
): z.output<Schema> | undefined {
  const plain = encryption.tokens.decrypt(token);
  return plain === undefined ? undefined : schema.safeParse(parsed(plain)).data;
}

function parsed(plain: string): unknown {
  try {
    return JSON.parse(plain);
  } catch {
    return undefined;
  }
}
