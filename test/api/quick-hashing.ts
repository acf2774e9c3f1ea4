import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { PasswordHashing } from '../../src/modules/accounts/password-hashing.ts';

/** Scrypt as in production, at a thousandth of its cost: hundreds of passwords are set and typed in the tests. */
export const quickHashing: PasswordHashing = {
  async hash(password) {
    const salt = randomBytes(16).toString('hex');
    return `${salt}:${keyOf(password, salt).toString('hex')}`;
  },
  async verify({ hash, password }) {
    const [salt = '', key = ''] = hash.split(':');
    return timingSafeEqual(keyOf(password, salt), Buffer.from(key, 'hex'));
  },
};

function keyOf(password: string, salt: string): Buffer {
  return scryptSync(password.normalize('NFKC'), salt, 64, { N: 16, r: 16, p: 1 });
}
