import type { SendMailOptions } from 'nodemailer';
import { normalizeEmail } from '../../model/contact.ts';
import { onOneLine, presentableName } from './presentable-name.ts';

/** One email to one contact, ready to go. */
export type Email = {
  to: { address: string; name?: string };
  from: { address: string; name?: string };
  replyTo?: string;
  /** With its angle brackets. The same for every attempt at the same email, so that a second one can be told. */
  messageId: string;
  date: Date;
  subject: string;
  html: string;
  text: string;
  /**
   * Takes a POST without a body of ours, as https://www.rfc-editor.org/rfc/rfc8058 asks. Absent from what somebody
   * cannot unsubscribe from: an email about their account.
   */
  unsubscribeUrl?: string;
};

/**
 * The email in nodemailer's terms, with the headers that keep an absence note from answering it: the answer would
 * open a ticket, and the ticket a survey. `Precedence` is left out: RFC 3834 discourages it, and who still looks at it
 * also looks at the list headers.
 */
export function composeEmail(email: Email): SendMailOptions {
  const { to, from, replyTo, messageId, date, html, text, unsubscribeUrl } = email;
  return {
    to: { address: to.address, name: presentableName(to.name) ?? '' },
    from: { address: from.address, name: onOneLine(from.name ?? '') },
    ...(replyTo === undefined ? {} : { replyTo }),
    messageId,
    date,
    subject: onOneLine(email.subject),
    html,
    text,
    headers: {
      ...unsubscribeHeaders(unsubscribeUrl),
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** What a relay takes as one line, without its end: https://www.rfc-editor.org/rfc/rfc5322#section-2.1.1. */
const longestLine = 998;

/**
 * The headers of https://www.rfc-editor.org/rfc/rfc8058. The address stands on the line of its header: nodemailer would
 * fold behind the colon, and programs that read this one line find nothing there. The link in the body is left where
 * the line would be too long.
 */
function unsubscribeHeaders(url: string | undefined): SendMailOptions['headers'] {
  if (url === undefined) return {};
  const value = `<${new URL(url).href}>`;
  if ('List-Unsubscribe: '.length + value.length > longestLine) return {};
  return {
    'List-Unsubscribe': { prepared: true, value },
    'List-Unsubscribe-Post': { prepared: true, value: 'List-Unsubscribe=One-Click' },
  };
}

/** A Message-ID in the name of whom the email is from, in ASCII. @param id unlike any other of this sender's */
export function messageIdFor(id: string, { address }: Email['from']): string {
  const plain = normalizeEmail(address) ?? address;
  return `<${id}@${plain.slice(plain.lastIndexOf('@') + 1)}>`;
}

/** Whether an address needs SMTPUTF8 (https://www.rfc-editor.org/rfc/rfc6531): a domain has an ASCII form, a mailbox none. */
export function needsUtf8(address: string): boolean {
  return /[^\x20-\x7e]/u.test(address.slice(0, address.lastIndexOf('@')));
}

/** An email's content, without whom it goes to. */
export type RenderedEmail = { subject: string; html: string; text: string };
