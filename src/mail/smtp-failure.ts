import { type Failure, UpstreamBusy, UpstreamRefused } from '../errors.ts';
import { Bounced } from './bounced.ts';

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

const enhancedStatus = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/u;

/** What was tried when it failed. */
export type Attempt = {
  /** Whether the whole letter had gone out before its receipt was due: the server may have kept it. */
  bodySent: boolean;
  /** Whether the letter was from whom all are; another sender is a matter of this letter and its like. */
  usualSender: boolean;
  /** Where the server's address is set. */
  setting: string;
};

/** Sorts a failure by who has to act next. Of the reply only its codes are kept. */
export function smtpFailure(thrown: unknown, { bodySent, usualSender, setting }: Attempt): Failure | Error {
  // Where it would have led was refused before anything was sent.
  if (thrown instanceof UpstreamRefused) return thrown;
  const error = asSmtpError(thrown);
  const { code = '', responseCode } = error;
  const status = statusOf(error);

  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'EOAUTH2' || responseCode === 530) {
    if (isTemporary(responseCode))
      return new UpstreamBusy(`The mail server cannot check the credentials now${status}.`);
    return new UpstreamRefused(`The mail server does not accept the credentials${status}.`, {
      concerns: 'connection',
      remedy: `Check user and password in ${setting}; special characters in them must be percent-encoded.`,
    });
  }
  if (responseCode !== undefined && responseCode !== 421 && isAboutTheLetter(error))
    return refusedLetter(error, status);
  if (responseCode !== undefined && responseCode !== 421 && error.command === 'MAIL FROM') {
    const concerns = usualSender ? 'connection' : 'request';
    if (isTemporary(responseCode))
      return new UpstreamBusy(`The mail server takes no mail from this sender now${status}.`, { concerns });
    const where = usualSender ? 'MAIL_FROM' : 'the sender of the survey, or of its brand,';
    return new UpstreamRefused(`The mail server does not accept the sender${status}.`, {
      concerns,
      remedy: `Set ${where} to an address that this mail server may send for.`,
    });
  }
  if (responseCode === undefined && (code === 'EENVELOPE' || code === 'EMESSAGE')) {
    const Refusal = code === 'EENVELOPE' ? Bounced : UpstreamRefused;
    return new Refusal('The letter cannot be sent by SMTP: its address or its size is not allowed.', {
      concerns: 'request',
      remedy: "Correct the address on the person's record.",
    });
  }
  if (responseCode === undefined && code !== '' && !lineFailures.includes(code)) {
    return new Error(`A letter could not be composed (${code}).`);
  }
  const cause = status === '' ? ` (${error.originalCode ?? (code === '' ? 'closed' : code)})` : status;
  return new UpstreamBusy(`The mail server cannot be used now${cause}.`, {
    outcome: bodySent && responseCode === undefined ? 'unknown' : 'not done',
  });
}

function refusedLetter(error: SmtpError, status: string): Failure {
  const { command, responseCode } = error;
  const what = command === 'RCPT TO' ? 'recipient' : 'letter';
  if (isTemporary(responseCode)) {
    return new UpstreamBusy(`The mail server does not take the ${what} now${status}.`, { concerns: 'request' });
  }
  if (isBounce(error)) {
    return new Bounced(`The mail server refuses the ${what}${status}.`, {
      concerns: 'request',
      remedy: "Correct the address on the person's record, or leave them unasked.",
    });
  }
  return new UpstreamRefused(`The mail server refuses the ${what}${status}.`, {
    concerns: 'request',
    remedy: 'Ask whoever runs the mail server why it refuses this letter.',
  });
}

/**
 * Whether the address or its mailbox is to blame (5.1.x, 5.2.x), and not policy: a server that will not relay for us,
 * or does not like the content, says nothing about the recipient.
 */
function isBounce({ command, response }: SmtpError): boolean {
  const enhanced = enhancedStatus.exec(response ?? '')?.[1];
  if (enhanced?.startsWith('5.1.') || enhanced?.startsWith('5.2.')) return true;
  return command === 'RCPT TO' && !enhanced?.startsWith('5.7.');
}

/** A sender can also be refused for the size of what is to come. */
function isAboutTheLetter({ command, responseCode }: SmtpError): boolean {
  return command === 'RCPT TO' || command === 'DATA' || (command === 'MAIL FROM' && responseCode === 552);
}

/** 503 says that the session was in the wrong state, not that anything was refused. */
function isTemporary(responseCode: number | undefined): boolean {
  return responseCode !== undefined && (responseCode < 500 || responseCode === 503);
}

function statusOf({ responseCode, response }: SmtpError): string {
  if (responseCode === undefined) return '';
  const enhanced = enhancedStatus.exec(response ?? '')?.[1];
  return enhanced === undefined ? `: ${responseCode}` : `: ${responseCode} ${enhanced}`;
}

function asSmtpError(thrown: unknown): SmtpError {
  return typeof thrown === 'object' && thrown !== null ? (thrown as SmtpError) : {};
}
