import { createHmac } from 'node:crypto';

/**
 * Names an account in limits and log lines without its address, whether it exists or not: nobody can read it back, and
 * nobody without the key can try addresses.
 *
 * @param email in any case
 */
export type AccountHash = (email: string) => string;

export function createAccountHash(secretKey: string): AccountHash {
  return (email) =>
    createHmac('sha256', secretKey)
      .update(`scoreback account ${email.trim().toLowerCase()}`)
      .digest()
      .subarray(0, 16)
      .toString('base64url');
}
