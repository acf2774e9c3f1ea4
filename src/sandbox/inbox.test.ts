import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import nodemailer from 'nodemailer';
import { afterEach, expect, test } from 'vitest';
import { createInbox, type Inbox } from './inbox.ts';

const endings: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const markup =
  '<p>Hi</p><a href="https://x.test/s/T?rating=9&amp;x=1" style="a">9</a> <a href="https://x.test/u/T">Stop</a>' +
  '<a href="https://x.test/about/T" style="display:none"></a>';

test('keeps what arrives by SMTP', async () => {
  const inbox = await startInbox({ clock: () => new Date('2026-11-22T10:00:00Z') });

  await post(inbox, { subject: 'Grüße', html: markup, text: 'plain' });

  expect(inbox.sentEmails).toMatchObject([
    {
      id: '1',
      at: new Date('2026-11-22T10:00:00Z'),
      to: ['ann@example.com'],
      subject: 'Grüße',
      text: 'plain',
      links: [
        { text: '9', url: 'https://x.test/s/T?rating=9&x=1' },
        { text: 'Stop', url: 'https://x.test/u/T' },
      ],
    },
  ]);
  expect(inbox.sentEmails[0]?.headers).toContainEqual({ name: 'x-proof', value: 'a: b' });
});

test('keeps the last 500', async () => {
  const inbox = await startInbox();
  const transporter = nodemailer.createTransport({ url: inbox.smtpUrl, pool: true, maxMessages: 1000 });
  endings.push(async () => transporter.close());

  for (let count = 1; count <= 503; count++) await transporter.sendMail(email({ subject: `${count}` }));

  expect(inbox.sentEmails).toHaveLength(500);
  expect(inbox.sentEmails[0]?.subject).toBe('4');
  expect(inbox.sentEmails.at(-1)?.subject).toBe('503');
});

test('lists the letters for people and for programs, newest first and oldest first', async () => {
  const inbox = await startInbox({ basePath: '/inbox' });
  const base = await serve(inbox);
  await post(inbox, { subject: 'First <b>', html: markup });
  await post(inbox, { subject: 'Second' });

  const list = await page(base);
  const json: unknown = await (await fetch(`${base}/emails.json`)).json();

  expect(list.status).toBe(200);
  expect(list.text.match(/href="\/inbox\/\d+">[^<]*/gu)).toEqual([
    'href="/inbox/2">Second',
    'href="/inbox/1">First &lt;b&gt;',
  ]);
  expect(json).toMatchObject([
    { id: '1', to: ['ann@example.com'], links: [{ text: '9' }, { text: 'Stop' }] },
    { id: '2', subject: 'Second', links: [] },
  ]);
});

test('shows an email where nothing in it can run', async () => {
  const inbox = await startInbox();
  const base = await serve(inbox);
  await post(inbox, { subject: 'Hi', html: `${markup}<script>alert("1")</script>`, text: 'plain <b>' });

  const { text, headers } = await page(`${base}/1`);

  expect(text).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
  expect(text).toContain("srcdoc=\"<base target='_blank'>&lt;p&gt;Hi&lt;/p&gt;");
  expect(text).not.toContain('<script');
  expect(text).toContain('<dt>x-proof</dt><dd>a: b</dd>');
  expect(text).toContain('<pre>plain &lt;b&gt;');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('an unknown letter is not found', async () => {
  const inbox = await startInbox();

  const { status } = await page(`${await serve(inbox)}/7`);

  expect(status).toBe(404);
});

test('refuses recipients until it accepts again', async () => {
  const inbox = await startInbox();

  inbox.refuse({ at: 'recipient', code: 550, address: 'gone@example.com' });
  await expect(post(inbox, { to: 'gone@example.com' })).rejects.toMatchObject({ responseCode: 550 });
  await post(inbox);
  inbox.refuse({ at: 'recipient', code: 451 });
  await expect(post(inbox)).rejects.toMatchObject({ responseCode: 451 });
  inbox.refuse({ at: 'email', code: 554 });
  await expect(post(inbox)).rejects.toMatchObject({ responseCode: 554 });
  inbox.accept();
  await post(inbox, { to: 'gone@example.com' });

  expect(inbox.sentEmails.map(({ to }) => to)).toEqual([['ann@example.com'], ['gone@example.com']]);
});

test('can be down, and up again', async () => {
  const inbox = await startInbox();

  inbox.refuse({ at: 'connection' });
  await expect(post(inbox)).rejects.toMatchObject({ code: expect.stringMatching(/ECONNECTION|ESOCKET/u) });
  inbox.accept();
  await post(inbox);

  expect(inbox.sentEmails).toHaveLength(1);
});

async function startInbox(options?: Parameters<typeof createInbox>[0]): Promise<Inbox> {
  const inbox = await createInbox(options);
  endings.push(() => inbox.stop());
  return inbox;
}

async function serve(inbox: Inbox): Promise<string> {
  const server = createServer((request, response) => inbox.show(request, response, { seesAccountEmails: true })).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  endings.push(async () => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function page(url: string) {
  const response = await fetch(url);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

type EmailTransport = { to?: string; subject?: string; html?: string; text?: string };

async function post(inbox: Inbox, changes: EmailTransport = {}): Promise<void> {
  await nodemailer.createTransport(inbox.smtpUrl).sendMail(email(changes));
}

function email(changes: EmailTransport) {
  return { from: 'a@example.com', to: 'ann@example.com', text: 'hello', headers: { 'X-Proof': 'a: b' }, ...changes };
}
