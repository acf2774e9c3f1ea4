import { type Failure, UpstreamRefused } from '../errors.ts';
import { Bounced, EmailDelayed, EmailRefused } from './email-failures.ts';
import { codesOf, readReply, type SmtpReply, signatureOf } from './smtp-reply.ts';
import { type Sorted, sortReply } from './smtp-rules.ts';

/** What nodemailer tells of a failure, as far as it may be repeated: its message and reply name the recipient. */
type SmtpError = {
  code?: string;
  /** The system's code behind nodemailer's own, e.g. `ECONNREFUSED`. */
  originalCode?: string;
  /** The command that was refused, e.g. `RCPT TO`. */
  command?: string;
  responseCode?: number;
  response?: string;
};

const lineFailures = ['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'ETLS', 'EPROTOCOL', 'EPROXY', 'EABORT'];
const credentialFailures = ['EAUTH', 'ENOAUTH', 'EOAUTH2'];

/** What was tried when it failed. */
export type Attempt = {
  /** Whether the whole email had gone out before its receipt was due: the server may have kept it. */
  bodySent: boolean;
  /** Whether the email was from the usual sender; another sender is a matter of its own emails. */
  usualSender: boolean;
  /** Where the server's address is set. */
  setting: string;
  /** To whom the email was; empty for a sign-in alone. */
  recipient: string;
};

/**
 * Sorts a failure of nodemailer by who has to act next: the sender or the account (`EmailRefused`), nobody because one
 * address does not exist (`Bounced`), this email, or nobody but time (`EmailDelayed`). Of the reply only its codes are
 * kept.
 */
export function smtpFailure(thrown: unknown, attempt: Attempt): Failure | Error {
  // Where it would have led was refused before anything was sent.
  if (thrown instanceof UpstreamRefused) {
    const { message, remedy } = thrown;
    const told = { fault: 'account', concerns: 'connection', reason: 'address_not_public', remedy } as const;
    return new EmailRefused(message, told);
  }
  const error: SmtpError = typeof thrown === 'object' && thrown !== null ? thrown : {};
  const { code = '', responseCode } = error;
  if (responseCode !== undefined) {
    const reply = readReply({
      ...{ command: error.command ?? '', code: responseCode, response: error.response ?? '' },
      recipient: attempt.recipient,
    });
    return failureFor(reply, sortAttempt(reply, code), attempt);
  }
  if (credentialFailures.includes(code)) return refuseAccount('credentials', '', attempt);
  if (code === 'EENVELOPE') {
    return new Bounced('No email can be sent to this address: it is not a valid one.', { reason: 'address_invalid' });
  }
  if (code === 'EMESSAGE') return refuseEmail({ reason: 'too_large', codes: '' });
  if (code !== '' && !lineFailures.includes(code)) return new Error(`An email could not be composed (${code}).`);
  const cause = error.originalCode ?? (code === '' ? 'closed' : code);
  return new EmailDelayed(`The email server cannot be used now (${cause}).`, {
    ...{ fault: 'server', reason: 'unreachable' },
    outcome: attempt.bodySent ? 'unknown' : 'not done',
  });
}

/** Whatever is answered to a sign-in is about the account. */
function sortAttempt(reply: SmtpReply, code: string): Sorted {
  if (!credentialFailures.includes(code) && reply.code !== 530) return sortReply(reply);
  if (reply.isPermanent) return { fault: 'account', reason: 'credentials' };
  // Its codes mean something else here: 454 4.7.0 is any failure to check the credentials.
  const sorted = sortReply({ ...reply, code: 450, status: '' });
  return sorted.fault === 'throttled' ? sorted : { fault: 'server', reason: 'unavailable' };
}

function failureFor(reply: SmtpReply, sorted: Sorted, attempt: Attempt): Failure {
  const codes = codesOf(reply);
  const signature = signatureOf(reply);
  switch (sorted.fault) {
    case 'recipient':
      return new Bounced(`The email server refuses the recipient: ${codes}.`, { reason: sorted.reason, signature });
    case 'email':
      return refuseEmail({ reason: sorted.reason, codes, signature });
    case 'sender':
      return refuseSender({ reason: sorted.reason, codes, signature }, attempt.usualSender);
    case 'account':
      return refuseAccount(sorted.reason, codes, attempt, signature);
    case 'mailbox':
      return new EmailDelayed(`The mailbox does not take the email now: ${codes}.`, { ...sorted, signature });
    case 'throttled':
      return new EmailDelayed(`The email server takes no more emails for now: ${codes}.`, { ...sorted, signature });
    case 'server': {
      const isOtherSender = reply.command === 'MAIL FROM' && !attempt.usualSender;
      const told = { ...sorted, signature, ...(isOtherSender ? { fault: 'sender' as const } : {}) };
      return new EmailDelayed(`The email server cannot be used now: ${codes}.`, told);
    }
  }
}

type Told = { reason: string; codes: string; signature?: string };

function refuseEmail({ reason, codes, signature }: Told): EmailRefused {
  const what = reason === 'too_large' ? 'The email is too large for the email server' : 'The email server refuses it';
  return new EmailRefused(`${what}${codes === '' ? '' : `: ${codes}`}.`, {
    ...{ fault: 'email', concerns: 'request', reason },
    ...(signature === undefined ? {} : { signature }),
    remedy: 'Ask whoever runs the email server why it refuses this email, and check its wording and links.',
  });
}

function refuseSender({ reason, codes, signature = '' }: Told, usualSender: boolean): EmailRefused {
  const where = usualSender ? 'MAIL_FROM' : 'the sender of the survey, or of its brand,';
  const remedies: Readonly<Record<string, string>> = {
    sender_unauthenticated: `Publish SPF, DKIM and DMARC records for the domain of ${where} that name this email server.`,
  };
  return new EmailRefused(`The email server does not accept the sender: ${codes}.`, {
    ...{ fault: 'sender', reason, signature },
    concerns: usualSender ? 'connection' : 'request',
    remedy: remedies[reason] ?? `Set ${where} to an address that this email server may send for.`,
  });
}

function refuseAccount(reason: string, codes: string, { setting }: Attempt, signature?: string): EmailRefused {
  const status = codes === '' ? '' : `: ${codes}`;
  const told: Readonly<Record<string, readonly [message: string, remedy: string]>> = {
    credentials: [
      `The email server does not accept the credentials${status}.`,
      `Check user and password in ${setting}; special characters in them must be percent-encoded.`,
    ],
    relay_denied: [
      `The email server does not send to other domains for us${status}.`,
      `Give a user and a password in ${setting}, or let the email server relay for this machine's address.`,
    ],
    account_blocked: [
      `The email server blocks our account or address${status}.`,
      'Ask whoever runs the email server for the reason, and have the block lifted.',
    ],
  };
  const [message = '', remedy = ''] = told[reason] ?? [];
  return new EmailRefused(message, {
    ...{ fault: 'account', concerns: 'connection', reason, remedy },
    ...(signature === undefined ? {} : { signature }),
  });
}
