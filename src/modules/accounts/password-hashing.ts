/** How passwords are kept and recognized; `hash` has to be slow, so that a stolen database does not give them away. */
export type PasswordHashing = {
  hash(password: string): Promise<string>;
  verify(given: { hash: string; password: string }): Promise<boolean>;
};

/** Scrypt, at some 100 ms of processor time a password. */
export const slowHashing: PasswordHashing = {
  async hash(password) {
    const { hashPassword } = await import('better-auth/crypto');
    return hashPassword(password);
  },
  async verify(given) {
    const { verifyPassword } = await import('better-auth/crypto');
    return verifyPassword(given);
  },
};
