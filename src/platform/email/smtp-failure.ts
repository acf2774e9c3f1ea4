import { type Failure, UpstreamRefused } from '../../model/errors.ts';
import { Bounced, EmailDelayed, EmailRefused } from './email-failures.ts';
import { readReply, replyCodes, replySignature, type SmtpReply } from './smtp-reply.ts';
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
    const told = { fault: 'account', concerns: 'connection', reason: 'address_not_public' } as const;
    return new EmailRefused({ code: 'email.address_not_public', params: { setting: attempt.setting } }, told);
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
    return new Bounced({ code: 'email.address_invalid', params: {} }, { reason: 'address_invalid' });
  }
  if (code === 'EMESSAGE') return refuseEmail({ reason: 'too_large', status: '' });
  if (code !== '' && !lineFailures.includes(code)) return new Error(`An email could not be composed (${code}).`);
  const cause = error.originalCode ?? (code === '' ? 'closed' : code);
  return new EmailDelayed(
    { code: 'email.unreachable', params: { cause } },
    {
      ...{ fault: 'server', reason: 'unreachable' },
      outcome: attempt.bodySent ? 'unknown' : 'not_done',
    },
  );
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
  const status = replyCodes(reply);
  const signature = replySignature(reply);
  switch (sorted.fault) {
    case 'recipient':
      return new Bounced({ code: 'email.recipient_refused', params: { status } }, { reason: sorted.reason, signature });
    case 'email':
      return refuseEmail({ reason: sorted.reason, status, signature });
    case 'sender':
      return refuseSender({ reason: sorted.reason, status, signature }, attempt.usualSender);
    case 'account':
      return refuseAccount(sorted.reason, status, attempt, signature);
    case 'mailbox':
      return new EmailDelayed({ code: 'email.mailbox_busy', params: { status } }, { ...sorted, signature });
    case 'throttled':
      return new EmailDelayed({ code: 'email.throttled', params: { status } }, { ...sorted, signature });
    case 'server': {
      const isOtherSender = reply.command === 'MAIL FROM' && !attempt.usualSender;
      const told = { ...sorted, signature, ...(isOtherSender ? { fault: 'sender' as const } : {}) };
      return new EmailDelayed({ code: 'email.unavailable', params: { status } }, told);
    }
  }
}

type Told = { reason: string; status: string; signature?: string };

function refuseEmail({ reason, status, signature }: Told): EmailRefused {
  const code = reason === 'too_large' ? 'email.too_large' : 'email.refused';
  return new EmailRefused(
    { code, params: { status } },
    {
      ...{ fault: 'email', concerns: 'request', reason },
      ...(signature === undefined ? {} : { signature }),
    },
  );
}

function refuseSender({ reason, status, signature = '' }: Told, usualSender: boolean): EmailRefused {
  const code = reason === 'sender_unauthenticated' ? 'email.sender_unauthenticated' : 'email.sender_refused';
  return new EmailRefused(
    { code, params: { kind: usualSender ? 'usual' : 'survey', status } },
    {
      ...{ fault: 'sender', reason, signature },
      concerns: usualSender ? 'connection' : 'request',
    },
  );
}

const accountCodes = {
  credentials: 'email.credentials',
  relay_denied: 'email.relay_denied',
  account_blocked: 'email.account_blocked',
} as const;

function refuseAccount(
  reason: keyof typeof accountCodes,
  status: string,
  { setting }: Attempt,
  signature?: string,
): EmailRefused {
  return new EmailRefused(
    { code: accountCodes[reason], params: { status, setting } },
    {
      ...{ fault: 'account', concerns: 'connection', reason },
      ...(signature === undefined ? {} : { signature }),
    },
  );
}
