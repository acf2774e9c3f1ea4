import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'node:querystring';
import { afterEach, expect, test } from 'vitest';
import { createEmailRateLimiter } from '../../platform/email/email-rate-limiter.ts';
import { createSmtp } from '../../platform/email/smtp.ts';
import { createEncryption } from '../../platform/encryption.ts';
import { createInbox } from '../../sandbox/inbox.ts';
import { brandContent } from '../surveys/brand.ts';
import { brandPlace } from '../surveys/queries/brands.ts';
import { createBrandEmail } from './brand-email.ts';
import { emailServerFor, obstacleTo } from './email-server-for.ts';

const encryption = createEncryption(['only-for-tests-0123456789abcdef0123456789']);
const brandEmail = createBrandEmail((server) => ({
  rateLimiter: createEmailRateLimiter({ clock: () => new Date() }),
  identity: String(server.port),
  ...createSmtp(server, { stopping: 200 }),
}));
const mailing = { email: undefined, brandEmail, encryption };

afterEach(() => brandEmail.stop());

/** A brand as it stands in the database, whatever may be typed today. */
function brandWith(smtpUrl: string) {
  const content = brandContent.parse({ key: 'umbrella', name: 'Umbrella', from: { address: 'hi@umbrella.test' } });
  const row = { id: smtpUrl, workspaceId: 'default', key: 'umbrella', content, updatedAt: new Date() };
  return { ...row, encryptedSmtpUrl: encryption.encrypt(smtpUrl, brandPlace(row)) };
}

const sentEmail = {
  ...{ to: { address: 'ann@example.com' }, from: { address: 'hi@umbrella.test' }, subject: 'Hi' },
  ...{ messageId: '<1@umbrella.test>', date: new Date('2026-11-22T10:00:00Z'), html: '<p>Hi</p>', text: 'Hi' },
};

test('a stored address that names a program runs nothing, and says that it must be set anew', async () => {
  const made = join(mkdtempSync(join(tmpdir(), 'scoreback-')), 'made-by-the-attack');
  const options = { pool: 'false', sendmail: 'true', path: '/bin/sh', args: ['-c', `cat > ${made}`] };
  const query = stringify(options);
  const evil = brandWith(`smtp://x/?${query}`);

  await emailServerFor(mailing, evil)
    ?.send(sentEmail)
    .catch(() => {});

  expect(existsSync(made)).toBe(false);
  expect(brandEmail.all()).toEqual([]);
  expect(obstacleTo(mailing, evil)).toEqual({
    reason: { code: 'no_email_server', params: { kind: 'not_allowed', brand: 'umbrella' } },
  });
});

test('a stored address that names a server sends', async () => {
  const inbox = await createInbox();
  await emailServerFor(mailing, brandWith(inbox.smtpUrl))?.send(sentEmail);
  expect(inbox.sentEmails.map(({ subject }) => subject)).toEqual(['Hi']);
  await brandEmail.stop();
  await inbox.stop();
});
