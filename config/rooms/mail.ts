import { z } from 'zod';
import { mailServer } from '../../src/domain/brand.ts';
import { normalizeEmail } from '../../src/domain/contact.ts';

/** Whom a letter is from, as nodemailer takes it. */
export type Sender = { address: string; name?: string };

const sender = z.string().transform((text, context): Sender => {
  const written = /^\s*(?:"?(?<name>[^"<>]*?)"?\s*<(?<bracketed>[^<>]+)>|(?<bare>[^<>\s]+))\s*$/u.exec(text);
  const { name, bracketed, bare } = written?.groups ?? {};
  const address = (bracketed ?? bare ?? '').trim();
  if (normalizeEmail(address) === undefined) {
    context.addIssue({ code: 'custom', message: 'must be an email address, with a name before it if you like' });
    return z.NEVER;
  }
  return name ? { address, name } : { address };
});

/** How invitations leave. */
export const mail = {
  SMTP_URL: mailServer.optional().meta({
    description: 'The mail server. Without it invitations of real connections wait.',
    example: 'smtps://user:password@mail.example.com:465',
    secret: true,
  }),
  MAIL_FROM: sender.optional().meta({
    description: 'Whom invitations are from. Required with SMTP_URL.',
    example: '"Acme Support <support@example.com>"',
  }),
} as const;
