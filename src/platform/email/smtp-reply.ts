import { createHash } from 'node:crypto';

/** A reply of an email server, as far as it is sorted and shown: never with an address that stands in it. */
export type SmtpReply = {
  /** The command that was refused, e.g. `RCPT TO`. */
  command: string;
  /** Three digits, e.g. 550. */
  code: number;
  isPermanent: boolean;
  /** The enhanced status of RFC 3463 without its class: `1.1` of `5.1.1`. Empty where the server sends none. */
  status: string;
  /** Its words in lower case, on one line, without addresses. */
  text: string;
};

/** A server may send as much as it likes. What matters stands at the beginning. */
const mostRead = 2000;

const enhanced = /(?:^|[\s(#[])([245])\.(\d{1,3}\.\d{1,3})(?=[\s)\]:;,-]|$)/u;

/** What nodemailer tells of a refusal. */
export type RawReply = {
  command: string;
  code: number;
  /** All lines of the reply, as they came. */
  response: string;
  /** To whom the email was: nothing of it is read as words of the server. */
  recipient: string;
};

/** Reads a reply. */
export function readReply({ command, code, response, recipient }: RawReply): SmtpReply {
  const lines = response
    .slice(0, mostRead)
    .split(/\r?\n/u)
    .map((line) => line.replace(/^\d{3}(?:[ -]|$)/u, '').trim());
  const joined = lines.join(' ');
  const status = enhanced.exec(joined)?.[2] ?? '';
  // Repeated on each line of a long reply.
  const ownWords = lines.map((line) => line.replace(/^#?[245]\.\d{1,3}\.\d{1,3}\s*/u, '')).join(' ');
  const text = withoutAddresses(ownWords.toLowerCase(), recipient.toLowerCase());
  // 503 says that the session was in the wrong state, not that anything was refused.
  return { command, code, isPermanent: code >= 500 && code !== 503, status, text };
}

/** A mailbox may be called `spam` or `relay`. */
function withoutAddresses(text: string, recipient: string): string {
  const parts = new Set(recipient.split('@'));
  return text
    .split(/\s+/u)
    .filter((word) => word !== '' && !word.includes('@') && !parts.has(word.replace(/^[("'<]|[)"'>.,:;]+$/gu, '')))
    .join(' ');
}

/**
 * Equal for two refusals for the same cause, whoever they are about: names, numbers and identifiers of one email are
 * left out. A hash, since a server may repeat a name where nobody expects it.
 */
export function replySignature({ code, status, text }: SmtpReply): string {
  const words = text.split(' ').filter((word) => /^[a-z,;:'()-]{1,30}\.?$/u.test(word));
  return createHash('sha256')
    .update([code, status, ...words.slice(0, 30)].join(' '))
    .digest('base64url')
    .slice(0, 16);
}

/** The codes of a reply: what may stand in a log line or in the ledger. */
export function replyCodes({ code, status }: Pick<SmtpReply, 'code' | 'status'>): string {
  return status === '' ? `${code}` : `${code} ${code < 500 ? '4' : '5'}.${status}`;
}
