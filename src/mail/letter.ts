import type { SendMailOptions } from 'nodemailer';
import { onOneLine, presentableName } from './presentable-name.ts';

/** One mail to one person, ready to go. */
export type Letter = {
  to: { address: string; name?: string };
  from: { address: string; name?: string };
  replyTo?: string;
  /** With its angle brackets. The same for every attempt at the same letter, so that a second one can be told. */
  messageId: string;
  date: Date;
  subject: string;
  html: string;
  text: string;
  /**
   * Takes a POST without a body of ours, as https://www.rfc-editor.org/rfc/rfc8058 asks. Absent from what somebody
   * cannot unsubscribe from: a letter about their account.
   */
  unsubscribeUrl?: string;
};

/**
 * The letter in nodemailer's terms, with the headers that keep an absence note from answering it: the answer would
 * open a ticket, and the ticket a survey. `Precedence` is left out: RFC 3834 discourages it, and who still looks at it
 * also looks at the list headers.
 */
export function composeLetter(letter: Letter): SendMailOptions {
  const { to, from, replyTo, messageId, date, html, text, unsubscribeUrl } = letter;
  return {
    to: { address: to.address, name: presentableName(to.name) ?? '' },
    from: { address: from.address, name: onOneLine(from.name ?? '') },
    ...(replyTo === undefined ? {} : { replyTo }),
    messageId,
    date,
    subject: onOneLine(letter.subject),
    html,
    text,
    headers: {
      ...(unsubscribeUrl === undefined
        ? {}
        : {
            'List-Unsubscribe': `<${unsubscribeUrl}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
