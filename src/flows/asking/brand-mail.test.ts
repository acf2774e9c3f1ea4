import { afterEach, beforeEach, expect, test } from 'vitest';
import { UpstreamBusy } from '../../errors.ts';
import { createEmailPace } from '../../mail/email-pace.ts';
import type { Letter } from '../../mail/letter.ts';
import { createSmtp } from '../../mail/smtp.ts';
import { createInbox, type Inbox } from '../../sandbox/inbox.ts';
import { type BrandMail, createBrandMail } from './brand-mail.ts';

let first: Inbox;
let second: Inbox;
let mail: BrandMail;
let opened: number[];

beforeEach(async () => {
  [first, second] = [await createInbox(), await createInbox()];
  opened = [];
  mail = createBrandMail((server) => {
    opened.push(server.port);
    const transport = createSmtp(server, { stopping: 200 });
    const pace = createEmailPace({ clock: () => new Date() });
    const { send, verify, stop } = transport;
    return { pace, identity: String(server.port), send, verify, stop };
  });
});

afterEach(async () => {
  await mail.stop();
  await Promise.all([first.stop(), second.stop()]);
});

function letter(subject: string): Letter {
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

const subjects = ({ letters }: Inbox) => letters.map(({ subject }) => subject);

test('a server is opened on first use, once, and for its own brand', async () => {
  expect(opened).toEqual([]);

  await mail.open('umbrella', first.smtpServer).send(letter('one'));
  await mail.open('umbrella', first.smtpServer).send(letter('two'));
  await mail.open('acme', second.smtpServer).send(letter('three'));

  expect(opened).toEqual([first.smtpServer.port, second.smtpServer.port]);
  expect([subjects(first), subjects(second)]).toEqual([['one', 'two'], ['three']]);
});

test('each has a pace of its own', () => {
  const [umbrella, acme] = [mail.open('umbrella', first.smtpServer), mail.open('acme', first.smtpServer)];

  expect(umbrella.pace).not.toBe(acme.pace);
  expect(mail.all()).toEqual([umbrella, acme]);
});

test('another address takes over from the next letter on', async () => {
  const old = mail.open('umbrella', first.smtpServer);
  await old.send(letter('one'));
  await mail.open('umbrella', second.smtpServer).send(letter('two'));

  expect([subjects(first), subjects(second)]).toEqual([['one'], ['two']]);
  await expect(old.send(letter('three'))).rejects.toBeInstanceOf(UpstreamBusy);
  expect(mail.all()).toHaveLength(1);
});

test('all are closed in the end', async () => {
  const server = mail.open('umbrella', first.smtpServer);
  await mail.stop();

  await expect(server.send(letter('one'))).rejects.toBeInstanceOf(UpstreamBusy);
  expect(mail.all()).toEqual([]);
});
