import { createHmac, timingSafeEqual } from 'node:crypto';
import { UntrustedWebhook } from './errors.ts';

/** HMAC-SHA256 of the parts, one after the other, as base64. The secret is used as the bytes of its string. */
export function sign(secret: string, ...parts: readonly (string | Buffer)[]): string {
  const hmac = createHmac('sha256', secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest('base64');
}

/** Compares without telling by its duration where two values differ. */
export function sameSignature(claimed: string, expected: string): boolean {
  const a = Buffer.from(claimed);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Refuses what was signed too long ago (a replay) or too far ahead (a broken or lying clock).
 *
 * @param window milliseconds allowed on either side of `now`
 */
export function verifyFresh(signedAt: Date, now: Date, window: number): void {
  const age = now.getTime() - signedAt.getTime();
  if (Number.isNaN(age)) throw new UntrustedWebhook('time_unreadable');
  if (age > window) throw new UntrustedWebhook('too_old');
  if (age < -window) throw new UntrustedWebhook('in_future');
}
