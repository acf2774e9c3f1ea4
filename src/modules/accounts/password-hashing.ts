import { hashPassword, verifyPassword } from 'better-auth/crypto';

/** How passwords are kept and recognized; `hash` has to be slow, so that a stolen database does not give them away. */
export type PasswordHashing = {
  hash(password: string): Promise<string>;
  verify(given: { hash: string; password: string }): Promise<boolean>;
};

/** Scrypt, at some 100 ms of processor time a password. */
export const slowHashing: PasswordHashing = { hash: hashPassword, verify: verifyPassword };
