import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import { createSmtp } from '../email/smtp.ts';
import type { SmtpServer } from '../email/smtp-server.ts';
import { type AddressRule, onlyIn, publicOrIn } from './address-rules.ts';
import type { Lookup } from './guarded-lookup.ts';
import { createSmtpConnect } from './smtp-connect.ts';

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const everyPort = Array.from({ length: 65_536 }, (_, port) => port);
const here = onlyIn(['127.0.0.0/8']);

async function startServer(options: ConstructorParameters<typeof SMTPServer>[0] = {}) {
  const sentEmails: string[] = [];
  let connections = 0;
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['AUTH'], disableReverseLookup: true, closeTimeout: 100 },
    onData(stream, _session, done) {
      stream.resume().once('end', () => {
        sentEmails.push('taken');
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  server.server.on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  endings.push(() => new Promise<void>((resolve) => server.close(resolve)));
  const { port } = server.server.address() as AddressInfo;
  return { port, sentEmails, connections: () => connections };
}

/** The transport of a brand's server, at any port. */
function transportTo(
  server: Partial<SmtpServer> & { port: number },
  allows: AddressRule,
  { lookup, ports = everyPort }: { lookup?: Lookup; ports?: readonly number[] } = {},
) {
  const connect = createSmtpConnect(allows, { ports, ...(lookup ? { lookup } : {}) });
  const at = { secure: false, host: '127.0.0.1', ...server };
  const transport = createSmtp(at, { connect, stopping: 200, setting: "the brand's smtpUrl" });
  endings.push(() => transport.stop());
  return transport;
}

const sentEmail = {
  ...{ to: { address: 'ann@example.com' }, from: { address: 'hi@umbrella.test' }, subject: 'Hi' },
  ...{ messageId: '<1@umbrella.test>', date: new Date('2026-11-22T10:00:00Z'), html: '<p>Hi</p>', text: 'Hi' },
};

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable(),
    (failure: unknown) => failure,
  );

const leadsTo = (address: string) =>
  ((_host: string, _options: unknown, done: (failure: null, found: LookupAddress[]) => void) =>
    done(null, [{ address, family: 4 }])) as unknown as Lookup;

const unresolved = (code: string) =>
  ((_host: string, _options: unknown, done: (failure: Error) => void) =>
    done(Object.assign(new Error('no such name'), { code, syscall: 'getaddrinfo' }))) as unknown as Lookup;

describe('an email server inside', () => {
  test.each(['127.0.0.1', '::1', '::ffff:7f00:1', '0.0.0.0'])('at %s is not knocked at', async (host) => {
    const { port, connections } = await startServer();
    const transport = transportTo({ host, port }, publicOrIn([]));
    for (const attempt of [() => transport.send(sentEmail), () => transport.verify()]) {
      const failure = await failureOf(attempt());
      expect(failure).toBeInstanceOf(UpstreamRefused);
      expect(failure).toMatchObject({
        concerns: 'connection',
        why: { code: 'email.address_not_public' },
      });
    }
    const abroad = { ...sentEmail, to: { address: 'grüße@example.com' } };
    expect(await failureOf(transport.send(abroad))).toBeInstanceOf(UpstreamRefused);
    expect(connections()).toBe(0);
  });

  test('is not knocked at by a name that leads there', async () => {
    const { port, connections } = await startServer();
    const transport = transportTo({ host: 'mail.example', port }, publicOrIn([]), { lookup: leadsTo('127.0.0.1') });
    expect(await failureOf(transport.send(sentEmail))).toMatchObject({ fault: 'server', reason: 'unreachable' });
    expect(connections()).toBe(0);
  });

  test('whose name leads there is told from one that does not exist by nobody', async () => {
    const told = async (lookup: Lookup | undefined, host = 'mail.example') => {
      const transport = transportTo({ host, port: 25 }, publicOrIn([]), lookup ? { lookup } : {});
      const failures = [await failureOf(transport.send(sentEmail)), await failureOf(transport.verify())];
      return failures.map((failure) => [(failure as Error).name, String(failure), JSON.stringify(failure)]);
    };
    const inside = await told(leadsTo('10.0.0.1'));
    for (const code of ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL']) expect(await told(unresolved(code))).toEqual(inside);
    expect(await told(leadsTo('169.254.169.254'))).toEqual(inside);
    expect(await told(undefined, 'localhost')).toEqual(inside);
  });

  test('says the same where nothing listens', async () => {
    const { port } = await startServer();
    const silent = createServer();
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const closed = (silent.address() as AddressInfo).port;
    await new Promise((resolve) => silent.close(resolve));
    const said = async (at: number) => String(await failureOf(transportTo({ port: at }, publicOrIn([])).verify()));
    expect(await said(closed)).toBe(await said(port));
  });
});

test('no port but those of email is knocked at, wherever it is', async () => {
  const { port, connections } = await startServer();
  const transport = transportTo({ port }, here, { ports: [25, 465, 587, 2525] });
  expect(await failureOf(transport.send(sentEmail))).toBeInstanceOf(UpstreamRefused);
  expect(connections()).toBe(0);
});

describe('an allowed email server', () => {
  test('is sent to', async () => {
    const { port, sentEmails } = await startServer({ disabledCommands: ['AUTH', 'STARTTLS'] });
    await transportTo({ port }, here).send(sentEmail);
    expect(sentEmails).toHaveLength(1);
  });

  test.each([
    ['STARTTLS', { secure: false }],
    ['TLS from the first byte', { secure: true }],
  ])('is sent to with %s, whose certificate is looked at', async (_what, { secure }) => {
    const { port, sentEmails } = await startServer({ secure });
    const byName = { lookup: leadsTo('127.0.0.1') };
    const trusting = { secure, port, host: 'mail.example', anyCertificate: true } as const;
    await transportTo(trusting, here, byName).send(sentEmail);
    expect(sentEmails).toHaveLength(1);
    const strict = transportTo({ secure, port, host: 'mail.example' }, here, byName);
    expect(await failureOf(strict.send(sentEmail))).toBeInstanceOf(UpstreamBusy);
    expect(sentEmails).toHaveLength(1);
  });

  test('that is down is busy', async () => {
    const silent = createServer();
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const { port } = silent.address() as AddressInfo;
    await new Promise((resolve) => silent.close(resolve));
    const failure = await failureOf(transportTo({ port }, here).verify());
    expect(failure).toBeInstanceOf(UpstreamBusy);
    expect(failure).toMatchObject({ message: expect.stringContaining('ECONNREFUSED') });
  });
});
