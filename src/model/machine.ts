import { z } from 'zod';
import { normalizeEmail } from './contact.ts';
import { fieldIssue } from './field-problems.ts';

/**
 * Local parts that no person reads: mail systems' own (RFC 2142, RFC 5321), and what senders of automatic email call
 * themselves. Between its words may stand `-`, `_` or `.`.
 */
const words = [
  'mailer[-_.]?daemon',
  'postmaster',
  'double[-_.]?bounce',
  'bounces?',
  'auto[-_.]?(?:reply|responder|response|mailer|confirm)',
  'notifications?',
  'no[-_.]?(?:reply|response|responder)',
  'do[-_.]?not[-_.]?(?:reply|respond)',
  'ne[-_.]?pas[-_.]?repondre',
  'nicht[-_.]?antworten',
  'nao[-_.]?respond(?:a|er)',
  'ikke[-_.]?svar',
].join('|');

/** Alone, or with a number behind it: `noreply`, `no-reply-2`. */
const whole = new RegExp(`^(?:${words})(?:[-_.]?\\d+)?$`, 'u');
/** At the end of what it is about: `calendar-notification`, `comments-noreply`. */
const ending = /[-_.](?:no[-_.]?reply|do[-_.]?not[-_.]?reply|notifications?)$/u;
/** A return path made for one email, which has a number in it: `bounce-md_123.abc`, `bounces=42`. */
const returnPath = /^bounces?[-_.=](?=.*\d)/u;

/**
 * Whether no person reads mail to this address, judged by its local part as it is written everywhere. A name that only
 * begins like one is a person's: `donotreply.jones@`. What stands behind a plus does not matter.
 *
 * @param address normalized
 * @param named what an admin named besides: addresses, domains (`example.com`, and what stands below it), and local
 *   parts of any domain (`alerts@`), each as `machineAddress` reads it
 */
export function isMachineAddress(address: string, named: ReadonlySet<string> = new Set()): boolean {
  const at = address.lastIndexOf('@');
  const [local = ''] = address.slice(0, at).split('+');
  if (whole.test(local) || ending.test(local) || returnPath.test(local)) return true;
  const labels = address.slice(at + 1).split('.');
  return (
    named.has(address) || named.has(`${local}@`) || labels.some((_, index) => named.has(labels.slice(index).join('.')))
  );
}

/** What an admin may name as a machine, in one form. */
export const machineAddress = z
  .string()
  .trim()
  .max(320)
  .transform((text, context) => {
    const read = readMachineAddress(text);
    if (read !== undefined) return read;
    context.addIssue({ code: 'custom', ...fieldIssue('field.machine_address') });
    return z.NEVER;
  });

function readMachineAddress(text: string): string | undefined {
  if (text.startsWith('@')) return readMachineAddress(text.slice(1));
  if (text.endsWith('@')) return normalizeEmail(`${text}example.com`)?.slice(0, -'example.com'.length);
  return text.includes('@') ? normalizeEmail(text) : normalizeEmail(`a@${text}`)?.slice(2);
}
