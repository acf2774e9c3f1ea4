import { createHmac } from 'node:crypto';
import { sameSignature } from '../signature.ts';

/** Signs what a token stands for, so that it can be checked without being kept. */
export type TokenSignature = {
  /** In base64url. */
  sign(text: string): string;
  verify(claimed: string, text: string): boolean;
};

/**
 * @param secretKeys the first signs, all verify: so that a key can be replaced
 * @param bytes how much of the HMAC-SHA256 a token carries
 */
export function createTokenSignature(secretKeys: readonly [string, ...string[]], bytes: number): TokenSignature {
  const signUnder = (secret: string, text: string) =>
    createHmac('sha256', secret).update(`scoreback ${text}`).digest().subarray(0, bytes).toString('base64url');
  return {
    sign: (text) => signUnder(secretKeys[0], text),
    // As text, not as bytes: one byte sequence has several base64url spellings, and only the canonical one is ours.
    verify: (claimed, text) => secretKeys.some((secret) => sameSignature(claimed, signUnder(secret, text))),
  };
}
