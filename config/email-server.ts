import { z } from 'zod';
import { normalizeEmail } from '../src/model/contact.ts';
import { asIssue, fieldIssue } from '../src/model/field-problems.ts';
import { parseOperatorSmtpUrl, type SmtpServer } from '../src/platform/email/smtp-server.ts';

/** Whom an email is from, as nodemailer takes it. */
export type EmailSender = { address: string; name?: string };

/** `MAIL_FROM`: an address, alone or with a name before it. */
export const emailSender = z.string().transform((text, context): EmailSender => {
  const written = /^\s*(?:"?(?<name>[^"<>]*?)"?\s*<(?<bracketed>[^<>]+)>|(?<bare>[^<>\s]+))\s*$/u.exec(text);
  const { name, bracketed, bare } = written?.groups ?? {};
  const address = (bracketed ?? bare ?? '').trim();
  if (normalizeEmail(address) === undefined) {
    context.addIssue({ code: 'custom', ...fieldIssue('field.email_with_name') });
    return z.NEVER;
  }
  return name ? { address, name } : { address };
});

/** `SMTP_URL`, as the operator may write it. */
export const operatorSmtpServer = z.string().transform((text, context): SmtpServer => {
  const read = parseOperatorSmtpUrl(text);
  if (!('problem' in read)) return read;
  context.addIssue({ code: 'custom', ...asIssue(read.problem) });
  return z.NEVER;
});
