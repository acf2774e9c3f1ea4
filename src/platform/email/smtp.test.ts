import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import type { Email } from './email.ts';
import { Bounced } from './email-failures.ts';
import { createSmtp, type SmtpPatience } from './smtp.ts';
import { parseOperatorSmtpUrl } from './smtp-server.ts';

const endings: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

test('carries the email with its headers', async () => {
  const { url, sentEmails } = await startServer();

  await transportTo(url).send(anEmail({ subject: 'Grüße 🎉', replyTo: 'help@example.com' }));

  const [arrived] = sentEmails;
  expect(arrived).toMatchObject({
    subject: 'Grüße 🎉',
    messageId: '<invitation-1@example.com>',
    date: new Date('2026-11-22T10:00:00Z'),
  });
  expect(arrived?.from?.value).toEqual([{ address: 'feedback@example.com', name: 'Acme' }]);
  expect(arrived?.replyTo?.text).toBe('help@example.com');
  expect(arrived?.text).toContain('9: https://x.test/s/T?rating=9');
  expect(arrived?.html).toContain('<a href="https://x.test/s/T?rating=9">9</a>');
  expect(header(arrived, 'list-unsubscribe')).toBe('List-Unsubscribe: <https://x.test/u/T>');
  expect(header(arrived, 'list-unsubscribe-post')).toBe('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  expect(header(arrived, 'auto-submitted')).toBe('Auto-Submitted: auto-generated');
  expect(header(arrived, 'x-auto-response-suppress')).toBe('X-Auto-Response-Suppress: All');
  expect(header(arrived, 'x-mailer')).toBeUndefined();
});

test('a name and a subject with line breaks add no header', async () => {
  const { url, sentEmails } = await startServer();
  const evil = 'Ann\r\nBcc: eve\u2028X-Evil: 1\0';

  await transportTo(url).send(
    anEmail({
      to: { address: 'ann@example.com', name: evil },
      from: { address: 'feedback@example.com', name: evil },
      subject: evil,
    }),
  );

  const [arrived] = sentEmails;
  expect(arrived?.headerLines.map(({ key }) => key)).not.toContain('bcc');
  expect(arrived?.headerLines.map(({ key }) => key)).not.toContain('x-evil');
  expect(arrived?.subject).toBe('Ann Bcc: eve X-Evil: 1');
  expect([arrived?.to].flat().flatMap((to) => to?.value ?? [])).toEqual([
    { address: 'ann@example.com', name: 'Ann Bcc: eve X-Evil: 1' },
  ]);
  expect(arrived?.from?.value).toEqual([{ address: 'feedback@example.com', name: 'Ann Bcc: eve X-Evil: 1' }]);
});

test.each([
  { at: 'onRcptTo', reply: 550, says: '550 5.1.1', as: UpstreamRefused, concerns: 'request' },
  { at: 'onRcptTo', reply: 451, says: '451 4.3.0', as: UpstreamBusy, concerns: 'request' },
  { at: 'onRcptTo', reply: 421, says: '421 4.3.0', as: UpstreamBusy, concerns: 'connection' },
  { at: 'onRcptTo', reply: 530, says: '530', as: UpstreamRefused, concerns: 'connection' },
  { at: 'onMailFrom', reply: 550, says: '550', as: UpstreamRefused, concerns: 'connection' },
  { at: 'onMailFrom', reply: 451, says: '451', as: UpstreamBusy, concerns: 'connection' },
  { at: 'onMailFrom', reply: 552, says: '552', as: UpstreamRefused, concerns: 'request' },
  { at: 'onData', reply: 554, says: '554', as: UpstreamRefused, concerns: 'request' },
  { at: 'onData', reply: 452, says: '452', as: UpstreamBusy, concerns: 'request' },
  { at: 'onConnect', reply: 421, says: '421', as: UpstreamBusy, concerns: 'connection' },
  { at: 'onConnect', reply: 554, says: '554', as: UpstreamBusy, concerns: 'connection' },
] as const)('$reply $at concerns the $concerns', async ({ at, reply, says, as, concerns }) => {
  const { url } = await startServer({ [at]: refuse(at, reply) });

  const failure = await failureOf(transportTo(url).send(anEmail()));

  expect(failure).toBeInstanceOf(as);
  expect(failure).toMatchObject({ concerns });
  expect(failure.message).toContain(says);
});

test.each([
  { reply: 550, as: UpstreamRefused },
  { reply: 451, as: UpstreamBusy },
])('$reply to a sender that is not the usual one concerns its letters alone', async ({ reply, as }) => {
  const { url, sentEmails } = await startServer({
    onMailFrom: ({ address }, _session, done) => done(address.startsWith('brand') ? smtpError(reply) : null),
  });
  const transport = transportTo(url);

  const failure = await failureOf(transport.send(anEmail({ from: { address: 'brand@example.com' } })));
  await transport.send(anEmail());

  expect(failure).toBeInstanceOf(as);
  expect(failure).not.toBeInstanceOf(Bounced);
  expect(failure).toMatchObject({ concerns: 'request' });
  expect(sentEmails).toHaveLength(1);
});

describe('TLS', () => {
  test('requireTLS sends nothing to a server without it', async () => {
    const { url, sentEmails } = await startServer();

    const failure = await failureOf(transportTo(`${url}?requireTLS=true`).send(anEmail()));

    expect(failure).toBeInstanceOf(UpstreamBusy);
    expect(sentEmails).toEqual([]);
  });

  test('a certificate that nobody vouches for is taken only where the operator says so', async () => {
    const { url, sentEmails } = await startServer({ disabledCommands: ['AUTH'] });

    expect(await failureOf(transportTo(url).send(anEmail()))).toBeInstanceOf(UpstreamBusy);
    expect(sentEmails).toEqual([]);
    await transportTo(`${url}?tls.rejectUnauthorized=false`).send(anEmail());
    await transportTo(`${url}?ignoreTLS=true`).send(anEmail());
    expect(sentEmails).toHaveLength(2);
  });
});

test('no failure names the contact, whatever the server says', async () => {
  const { url } = await startServer({ onRcptTo: refuse('onRcptTo', 550) });

  const failure = await failureOf(transportTo(url).send(anEmail()));

  expect(inspect(failure, { depth: 5 })).not.toMatch(/ann|@/iu);
});

test('goes on after one recipient was refused', async () => {
  const { url, sentEmails } = await startServer({
    onRcptTo: ({ address }, _session, done) => done(address.startsWith('gone') ? smtpError(550) : null),
  });
  const transport = transportTo(url);

  await failureOf(transport.send(anEmail({ to: { address: 'gone@example.com' } })));
  await transport.send(anEmail());

  expect(sentEmails).toHaveLength(1);
});

test('wrong credentials stop the connection and name the setting to check', async () => {
  const { url } = await startServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (_auth, _session, done) => done(smtpError(535)),
  });
  const transport = transportTo(url.replace('//', '//scoreback:wrong@'));

  for (const attempt of [() => transport.send(anEmail()), () => transport.verify()]) {
    const failure = await failureOf(attempt());
    expect(failure).toBeInstanceOf(UpstreamRefused);
    expect(failure).toMatchObject({
      concerns: 'connection',
      why: { code: 'email.credentials', params: { status: '535', setting: 'SMTP_URL' } },
    });
    expect(inspect(failure)).not.toContain('wrong');
  }
});

test('a server that is not there is busy, and used again once it is', async () => {
  const port = await freePort();
  const transport = transportTo(`smtp://127.0.0.1:${port}`);

  for (const attempt of [() => transport.send(anEmail()), () => transport.verify()]) {
    const failure = await failureOf(attempt());
    expect(failure).toBeInstanceOf(UpstreamBusy);
    expect(failure).toMatchObject({ concerns: 'connection', outcome: 'not_done' });
    expect(failure.message).toContain('ECONNREFUSED');
  }

  const { sentEmails } = await startServer({}, port);
  await transport.verify();
  await transport.send(anEmail());
  expect(sentEmails).toHaveLength(1);
});

test('a server that says nothing is given up on', async () => {
  const url = await startRaw(() => {});

  const failure = await failureOf(transportTo(url, { connecting: 100 }).send(anEmail()));

  expect(failure).toBeInstanceOf(UpstreamBusy);
  expect(failure).toMatchObject({ outcome: 'not_done' });
});

test('a server that takes the email and then only trickles is given up on, with the outcome unknown', async () => {
  const url = await startRaw(
    speakUntil('.', (socket) => {
      const trickle = setInterval(() => socket.write('250-still\r\n'), 20);
      socket.on('close', () => clearInterval(trickle));
    }),
  );

  const failure = await failureOf(transportTo(url, { sending: 300 }).send(anEmail()));

  expect(failure).toBeInstanceOf(UpstreamBusy);
  expect(failure).toMatchObject({ outcome: 'unknown' });
});

test('a server that hung up in between is called again', async () => {
  const { url, sentEmails, hangUp } = await startServer();
  const transport = transportTo(url);
  await transport.send(anEmail());

  hangUp();
  await transport.send(anEmail());

  expect(sentEmails).toHaveLength(2);
});

test.each([
  { after: 'RCPT TO', outcome: 'not_done' },
  { after: 'DATA', outcome: 'not_done' },
  { after: '.', outcome: 'unknown' },
] as const)('a line dropped after $after leaves the email $outcome', async ({ after, outcome }) => {
  const url = await startRaw(speakUntil(after, (socket) => socket.destroy()));

  const failure = await failureOf(transportTo(url).send(anEmail()));

  expect(failure).toBeInstanceOf(UpstreamBusy);
  expect(failure).toMatchObject({ outcome, concerns: 'connection' });
});

test('stopping lets an email on its way arrive and takes no more', async () => {
  const taken = Promise.withResolvers<void>();
  const accept = Promise.withResolvers<void>();
  const { url } = await startServer({
    onData: (stream, _session, done) => {
      stream.resume().on('end', () => {
        taken.resolve();
        void accept.promise.then(() => done());
      });
    },
  });
  const transport = transportTo(url);

  const delivery = transport.send(anEmail());
  await taken.promise;
  const stopped = transport.stop();
  const late = await failureOf(transport.send(anEmail()));
  accept.resolve();

  await expect(delivery).resolves.toBeUndefined();
  await stopped;
  expect(late).toBeInstanceOf(UpstreamBusy);
});

test('stopping does not wait for ever', async () => {
  const url = await startRaw((socket) => socket.write('220 hello\r\n'));
  const transport = transportTo(url, { stopping: 50 });
  const delivery = failureOf(transport.send(anEmail()));
  await new Promise((resolve) => setImmediate(resolve));

  await transport.stop();

  expect(await delivery).toBeInstanceOf(UpstreamBusy);
});

function anEmail(changes: Partial<Email> = {}): Email {
  return {
    to: { address: 'ann@example.com', name: 'Ann Example' },
    from: { address: 'feedback@example.com', name: 'Acme' },
    messageId: '<invitation-1@example.com>',
    date: new Date('2026-11-22T10:00:00Z'),
    subject: 'One question',
    html: '<p><a href="https://x.test/s/T?rating=9">9</a></p>',
    text: '9: https://x.test/s/T?rating=9',
    unsubscribeUrl: 'https://x.test/u/T',
    ...changes,
  };
}

function transportTo(url: string, patience: Partial<SmtpPatience> = {}) {
  const server = parseOperatorSmtpUrl(url);
  if ('problem' in server) throw new Error(server.problem.code);
  const transport = createSmtp(server, { stopping: 200, sender: 'feedback@example.com', ...patience });
  endings.push(() => transport.stop());
  return transport;
}

async function startServer(options: SMTPServerOptions = {}, port = 0) {
  const sentEmails: ParsedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onData: (stream, _session, done) => {
      simpleParser(stream).then((email) => {
        sentEmails.push(email);
        done();
      }, done);
    },
    ...options,
  });
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('error', () => {});
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  endings.push(() => new Promise<void>((resolve) => server.close(resolve)));
  return {
    url: `smtp://127.0.0.1:${portOf(server.server)}`,
    sentEmails,
    hangUp: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function startRaw(onConnection: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endings.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `smtp://127.0.0.1:${portOf(server)}`;
}

/** A server that understands each command until the one named. */
function speakUntil(command: 'RCPT TO' | 'DATA' | '.', then: (socket: Socket) => void) {
  return (socket: Socket) => {
    let inEmail = false;
    socket.write('220 hello\r\n');
    socket.on('data', (chunk) => {
      for (const line of chunk.toString().split('\r\n')) {
        const isHere = command === '.' ? line === '.' : !inEmail && line.startsWith(command);
        if (isHere) return then(socket);
        if (inEmail || line === '') continue;
        inEmail = line === 'DATA';
        socket.write(inEmail ? '354 go on\r\n' : '250 fine\r\n');
      }
    });
  };
}

function refuse(at: 'onConnect' | 'onMailFrom' | 'onRcptTo' | 'onData', reply: number) {
  return (...callbackArguments: unknown[]) => {
    const done = callbackArguments.at(-1) as (error: Error) => void;
    if (at === 'onData')
      (callbackArguments[0] as NodeJS.ReadableStream).resume().on('end', () => done(smtpError(reply)));
    else done(smtpError(reply));
  };
}

function smtpError(responseCode: number): Error {
  const enhanced = { 550: '5.1.1 ', 451: '4.3.0 ', 421: '4.3.0 ' }[responseCode] ?? '';
  return Object.assign(new Error(`${enhanced}<ann@example.com> Ann is unknown here`), { responseCode });
}

async function failureOf(attempt: Promise<unknown>): Promise<Error> {
  return attempt.then(
    () => expect.fail('it should have failed'),
    (failure: Error) => failure,
  );
}

function header(email: ParsedMail | undefined, key: string): string | undefined {
  return email?.headerLines.find((line) => line.key === key)?.line;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

function portOf(server: Pick<Server, 'address'>): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
