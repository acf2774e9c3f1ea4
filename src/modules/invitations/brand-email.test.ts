import { afterEach, beforeEach, expect, test } from 'vitest';
import { UpstreamBusy } from '../../model/errors.ts';
import type { Email } from '../../platform/email/email.ts';
import { createEmailRateLimiter } from '../../platform/email/email-rate-limiter.ts';
import { createSmtp } from '../../platform/email/smtp.ts';
import { createInbox, type Inbox } from '../../sandbox/inbox.ts';
import { type BrandEmail, createBrandEmail } from './brand-email.ts';

let first: Inbox;
let second: Inbox;
let email: BrandEmail;
let opened: number[];

beforeEach(async () => {
  [first, second] = [await createInbox(), await createInbox()];
  opened = [];
  email = createBrandEmail((server) => {
    opened.push(server.port);
    const transport = createSmtp(server, { stopping: 200 });
    const rateLimiter = createEmailRateLimiter({ clock: () => new Date() });
    const { send, verify, stop } = transport;
    return { rateLimiter, identity: String(server.port), send, verify, stop };
  });
});

afterEach(async () => {
  await email.stop();
  await Promise.all([first.stop(), second.stop()]);
});

function anEmail(subject: string): Email {
  return {
    to: { address: 'ann@example.com' },
    from: { address: 'hi@umbrella.test' },
    messageId: `<${subject}@umbrella.test>`,
    date: new Date('2026-11-22T10:00:00Z'),
    subject,
    html: '<p>Hi</p>',
    text: 'Hi',
    unsubscribeUrl: 'https://x.test/u/T',
  };
}

const subjects = ({ sentEmails }: Inbox) => sentEmails.map(({ subject }) => subject);

test('a server is opened on first use, once, and for its own brand', async () => {
  expect(opened).toEqual([]);

  await email.open('umbrella', first.smtpServer).send(anEmail('one'));
  await email.open('umbrella', first.smtpServer).send(anEmail('two'));
  await email.open('acme', second.smtpServer).send(anEmail('three'));

  expect(opened).toEqual([first.smtpServer.port, second.smtpServer.port]);
  expect([subjects(first), subjects(second)]).toEqual([['one', 'two'], ['three']]);
});

test('each has a pace of its own', () => {
  const [umbrella, acme] = [email.open('umbrella', first.smtpServer), email.open('acme', first.smtpServer)];

  expect(umbrella.rateLimiter).not.toBe(acme.rateLimiter);
  expect(email.all()).toEqual([umbrella, acme]);
});

test('another address takes over from the next email on', async () => {
  const old = email.open('umbrella', first.smtpServer);
  await old.send(anEmail('one'));
  await email.open('umbrella', second.smtpServer).send(anEmail('two'));

  expect([subjects(first), subjects(second)]).toEqual([['one'], ['two']]);
  await expect(old.send(anEmail('three'))).rejects.toBeInstanceOf(UpstreamBusy);
  expect(email.all()).toHaveLength(1);
});

test('all are closed in the end', async () => {
  const server = email.open('umbrella', first.smtpServer);
  await email.stop();

  await expect(server.send(anEmail('one'))).rejects.toBeInstanceOf(UpstreamBusy);
  expect(email.all()).toEqual([]);
});
