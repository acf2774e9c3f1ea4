import { isIP } from 'node:net';
import { z } from 'zod';
import { fieldIssue } from '../src/model/field-problems.ts';

/** What Express takes as `trust proxy`, without its "everybody". */
export type TrustedProxies = number | readonly string[];

const namedRanges = ['loopback', 'linklocal', 'uniquelocal'];

export const trustedProxies = z.string().transform((text, context): TrustedProxies => {
  if (/^\d{1,2}$/u.test(text)) return Number(text);
  const ranges = text.split(',').map((range) => range.trim());
  if (!ranges.every(isRange)) {
    context.addIssue({ code: 'custom', ...fieldIssue('field.trusted_proxies') });
    return z.NEVER;
  }
  return ranges;
});

function isRange(text: string): boolean {
  if (namedRanges.includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/u.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}
