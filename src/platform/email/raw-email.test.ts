import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import { afterEach, expect, test } from 'vitest';
import type { Email } from './email.ts';
import { EmailRefused } from './email-failures.ts';
import { createSmtp } from './smtp.ts';

const endings: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const publicUrl = `https://surveys.example/${'feedback-'.repeat(20)}`.slice(0, 200);
const token = 't'.repeat(65);

const names = {
  Chinese: '王小明王小明王小明王小明王小明王小明王小明',
  Arabic: 'محمد علي الأحمد محمد علي الأحمد محمد علي الأحمد',
  emoji: '👩‍👩‍👧‍👦🎉 Ann 🎉👩‍👩‍👧‍👦🏳️‍🌈 Example',
  quotes: 'Ann "The Boss" O\'Neill \\ Example',
  commas: 'Example, Ann; <Ms>',
  Latin: 'Jürgen Müller-Lüdenscheidt, Größe',
};

test.each(Object.entries(names))('writes a name in %s into headers that every relay reads', async (_what, name) => {
  const { send, wire } = await startSink();

  await send({
    to: { address: 'ann@customer.example', name },
    from: { address: 'feedback@acme.example', name },
    subject: `${name} `.repeat(5),
  });

  const { headers, text } = wire.email();
  const parsed = await simpleParser(text);
  expect([parsed.to].flat().flatMap((to) => to?.value ?? [])).toEqual([{ address: 'ann@customer.example', name }]);
  expect(parsed.from?.value).toEqual([{ address: 'feedback@acme.example', name }]);
  expect(parsed.subject).toBe(`${name} `.repeat(5).trim());
  for (const line of headers) {
    expect(line, line).toMatch(/^[\x20-\x7e\t]*$/u);
    if (!line.includes('://')) expect(line.length, line).toBeLessThanOrEqual(76);
  }
  // RFC 2047: each one at most 75 long, and whole characters within.
  const words = headers.join('\n').match(/=\?UTF-8\?[BQ]\?[^?]*\?=/gu) ?? [];
  expect(words.length).toBeGreaterThan(/^[\x20-\x7e]*$/u.test(name) ? -1 : 1);
  for (const word of words) {
    expect(word.length).toBeLessThanOrEqual(75);
    expect(decodedWord(word)).not.toContain('\uFFFD');
  }
});

test('shows words in the form of encoded ones as they were typed', async () => {
  const { send, wire } = await startSink();
  const typed = '=?utf-8?Q?evil=2Eexample=0D=0AX-Added:_yes?= Ann';

  await send({
    to: { address: 'ann@customer.example', name: typed },
    from: { address: 'feedback@acme.example', name: typed },
    subject: typed,
  });

  const parsed = await simpleParser(wire.email().text);
  const shown = [parsed.subject, parsed.from?.value[0]?.name, ...[parsed.to].flat().map((to) => to?.value[0]?.name)];
  for (const words of shown) expect(words).not.toMatch(/evil\.example|X-Added: yes/u);
});

test('names the way out on one line that is not folded, with an unbroken address', async () => {
  const { send, wire } = await startSink();

  await send();

  const { headers } = wire.email();
  expect(headers).toContain(`List-Unsubscribe: <${publicUrl}/u/${token}>`);
  expect(headers).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  expect(headers.every((line) => line.length <= 998)).toBe(true);
});

test('leaves the way out of the headers when it would make a line longer than a relay takes', async () => {
  const { send, wire } = await startSink();

  await send({ unsubscribeUrl: `${publicUrl}/${'x'.repeat(998)}` });

  const { headers } = wire.email();
  expect(headers.filter((line) => /^List-/iu.test(line))).toEqual([]);
  expect(wire.lines.every((line) => line.length <= 998)).toBe(true);
});

test('carries each header once, and none that relays and mailboxes do not want', async () => {
  const { send, wire } = await startSink();

  await send();

  const { headers } = wire.email();
  const keys = headers.filter((line) => !/^[ \t]/u.test(line)).map((line) => line.split(':')[0]?.toLowerCase());
  for (const key of ['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'list-unsubscribe']) {
    expect(keys.filter((one) => one === key)).toEqual([key]);
  }
  expect(keys).not.toContain('precedence');
  expect(keys).not.toContain('sender');
  expect(keys).not.toContain('x-mailer');
  expect(headers).toContain('Message-ID: <invitation-1@acme.example>');
  expect(headers).toContain('Date: Sun, 22 Nov 2026 10:00:00 +0000');
});

test.each([
  ['in ASCII', `9: ${publicUrl}/s/${token}?rating=9`],
  ['in other scripts', `Grüße, 王小明: ${publicUrl}/s/${token}?rating=9 ${'ü'.repeat(1200)}`],
])('breaks no line and doubles each leading dot of a body %s', async (_what, words) => {
  const { send, wire } = await startSink();
  const text = `.\n.dot\n..two\n${words}\n.`;

  await send({ text, html: `<p>.</p>\n.\n<a href="${publicUrl}/s/${token}?rating=9">${words}</a>\n.` });

  expect(wire.bytes().includes('\n.\r\n.\r\n')).toBe(false);
  expect(wire.bare()).toEqual([]);
  expect(wire.lines.every((line) => /^[\x20-\x7e\t]*$/u.test(line))).toBe(true);
  const body = wire.email().text.split('\r\n\r\n').slice(1).join('\r\n\r\n');
  for (const line of body.split('\r\n')) expect(line.length, line).toBeLessThanOrEqual(998);
  const parsed = await simpleParser(wire.email().text);
  expect(parsed.text?.trimEnd()).toBe(text);
  expect(parsed.html).toContain(`href="${publicUrl}/s/${token}?rating=9"`);
});

test('writes domains in other scripts in their ASCII form, without asking for SMTPUTF8', async () => {
  const { send, wire } = await startSink({ offers: ['SMTPUTF8', '8BITMIME'] });

  await send({
    to: { address: 'ann@bücher.example', name: 'Ann' },
    from: { address: 'feedback@müller.example', name: 'Acme' },
    replyTo: 'help@müller.example',
  });

  expect(wire.commands).toContain('MAIL FROM:<feedback@xn--mller-kva.example>');
  expect(wire.commands).toContain('RCPT TO:<ann@xn--bcher-kva.example>');
  expect(wire.email().headers).toContain('From: Acme <feedback@xn--mller-kva.example>');
  expect(wire.email().headers).toContain('To: Ann <ann@xn--bcher-kva.example>');
  expect(wire.email().headers).toContain('Reply-To: help@xn--mller-kva.example');
});

test('asks for SMTPUTF8 where the name of a mailbox needs it', async () => {
  const { send, wire } = await startSink({ offers: ['SMTPUTF8', '8BITMIME'] });

  await send({ to: { address: 'jörg@customer.example' } });
  await send({ to: { address: 'ann@customer.example' } });

  const commands = wire.commands.filter((line) => /^(?:MAIL|RCPT)/u.test(line));
  expect(commands[0]).toMatch(/^MAIL FROM:<feedback@acme\.example>.* SMTPUTF8/u);
  expect(commands[1]).toBe('RCPT TO:<jörg@customer.example>');
  expect(commands[2]).toBe('MAIL FROM:<feedback@acme.example>');
});

test('refuses a mailbox that needs SMTPUTF8 where the server has none, and takes it for nobody’s bounce', async () => {
  const { send, wire } = await startSink({ offers: ['8BITMIME'] });

  const failure = await send({ to: { address: 'jörg@customer.example' } }).then(
    () => expect.fail('it should have failed'),
    (thrown: unknown) => thrown,
  );
  await send({ to: { address: 'ann@customer.example' } });

  expect(failure).toBeInstanceOf(EmailRefused);
  expect(failure).toMatchObject({ fault: 'email', reason: 'smtputf8_missing', concerns: 'request' });
  expect(wire.commands.filter((line) => line.startsWith('RCPT'))).toEqual(['RCPT TO:<ann@customer.example>']);
});

/** A server that takes everything and keeps each byte. */
async function startSink({ offers = [] as readonly string[] } = {}) {
  const received: Buffer[] = [];
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    let inEmail = false;
    let rest = '';
    socket.write('220 sink\r\n');
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1');
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = Buffer.from(rest.slice(0, end), 'latin1');
        rest = rest.slice(end + 2);
        if (inEmail) received.push(line);
        else commands.push(line.toString('utf8'));
        if (inEmail && line.toString('latin1') !== '.') continue;
        if (inEmail) inEmail = false;
        else inEmail = line.toString('latin1') === 'DATA';
        const isGreeting = /^EHLO/u.test(line.toString('latin1'));
        if (isGreeting)
          socket.write(
            `${['sink', ...offers].map((offer, n) => `250${n < offers.length ? '-' : ' '}${offer}`).join('\r\n')}\r\n`,
          );
        else socket.write(inEmail ? '354 go on\r\n' : '250 fine\r\n');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const transport = createSmtp(
    { secure: false, host: '127.0.0.1', port },
    { sender: 'feedback@acme.example', stopping: 200 },
  );
  endings.push(async () => {
    await transport.stop();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const wire = {
    commands,
    get lines() {
      return received.map((line) => line.toString('latin1'));
    },
    bytes: () => `${received.map((line) => line.toString('latin1')).join('\r\n')}\r\n`,
    /** Line ends that are no CRLF. */
    bare: () => received.flatMap((line) => line.toString('latin1').match(/[\r\n]/gu) ?? []),
    /** The first email, with its dots taken away again. */
    email() {
      const lines = wire.lines.slice(0, wire.lines.indexOf('.')).map((line) => line.replace(/^\./u, ''));
      return { headers: lines.slice(0, lines.indexOf('')), text: lines.join('\r\n') };
    },
  };
  const send = (changes: Partial<Email> = {}) =>
    transport.send({
      to: { address: 'ann@customer.example', name: 'Ann Example' },
      from: { address: 'feedback@acme.example', name: 'Acme' },
      messageId: '<invitation-1@acme.example>',
      date: new Date('2026-11-22T10:00:00Z'),
      subject: 'One question',
      html: '<p>9</p>',
      text: '9',
      unsubscribeUrl: `${publicUrl}/u/${token}`,
      ...changes,
    });
  return { send, wire };
}

function decodedWord(word: string): string {
  const [, encoding = '', content = ''] = /^=\?UTF-8\?([BQ])\?([^?]*)\?=$/u.exec(word) ?? [];
  if (encoding === 'B') return Buffer.from(content, 'base64').toString('utf8');
  const bytes = content
    .replaceAll('_', ' ')
    .replace(/=([0-9A-F]{2})/gu, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
