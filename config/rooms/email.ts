import { z } from 'zod';
import { normalizeEmail } from '../../src/model/contact.ts';
import { asIssue, fieldIssue } from '../../src/model/field-problems.ts';
import { parseOperatorSmtpUrl, type SmtpServer } from '../../src/platform/email/smtp-server.ts';

/** Whom an email is from, as nodemailer takes it. */
export type EmailSender = { address: string; name?: string };

const sender = z.string().transform((text, context): EmailSender => {
  const written = /^\s*(?:"?(?<name>[^"<>]*?)"?\s*<(?<bracketed>[^<>]+)>|(?<bare>[^<>\s]+))\s*$/u.exec(text);
  const { name, bracketed, bare } = written?.groups ?? {};
  const address = (bracketed ?? bare ?? '').trim();
  if (normalizeEmail(address) === undefined) {
    context.addIssue({ code: 'custom', ...fieldIssue('field.email_with_name') });
    return z.NEVER;
  }
  return name ? { address, name } : { address };
});

const smtpServer = z.string().transform((text, context): SmtpServer => {
  const read = parseOperatorSmtpUrl(text);
  if (!('problem' in read)) return read;
  context.addIssue({ code: 'custom', ...asIssue(read.problem) });
  return z.NEVER;
});

/** How invitations leave. */
export const emailSettings = {
  SMTP_URL: smtpServer.optional().meta({
    description:
      'The email server. Without it invitations wait. After a ? it takes requireTLS=true, ignoreTLS=true, tls.rejectUnauthorized=false and name=….',
    example: 'smtps://user:password@mail.example.com:465',
    secret: true,
  }),
  MAIL_FROM: sender.optional().meta({
    description: 'The sender of invitations, unless a survey or brand has its own. Required with SMTP_URL.',
    example: '"Acme Support <support@example.com>"',
  }),
} as const;
