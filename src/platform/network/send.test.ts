import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { NoAnswer, UpstreamRefused } from '../../model/errors.ts';
import { type AddressRule, anyAddress, onlyIn, publicOrIn } from './address-rules.ts';
import type { Lookup } from './guarded-lookup.ts';
import { createOutgoing } from './send.ts';

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A server on this machine, and what it heard. */
async function startServer(answer: RequestListener = (_request, response) => response.end('inside')) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  let connections = 0;
  server.on('connection', () => (connections += 1));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  endings.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}`, requests, connections: () => connections };
}

async function closedPort(): Promise<number> {
  const server = createTcpServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function sending(allows: AddressRule, lookup?: Lookup) {
  const outgoing = createOutgoing(allows, lookup ? { lookup } : {});
  endings.push(() => outgoing.stop());
  return (url: string, more: { timeout?: number; limit?: number } = {}) =>
    outgoing.send({ url, method: 'GET', headers: {}, timeout: 5000, ...more });
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable(),
    (failure: unknown) => failure,
  );

/** A name server that answers each question with the next of these, and then with the last. */
function nameServer(...answers: readonly (readonly string[])[]): Lookup {
  let asked = 0;
  const lookup = (_host: string, _options: unknown, done: (failure: null, found: LookupAddress[]) => void) => {
    const answer = answers[Math.min(asked++, answers.length - 1)] ?? [];
    done(
      null,
      answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return lookup as unknown as Lookup;
}

describe('a request to an address inside', () => {
  const odd = ['127.0.0.1', 'localhost', '0x7f.1', '2130706433', '0177.0.0.1', '127.1', '[::ffff:127.0.0.1]', '[::1]'];

  test.each([...odd, '0.0.0.0', '[::]'])('by %s is not sent', async (host) => {
    const server = await startServer();
    const failure = await failureOf(sending(publicOrIn([]))(`http://${host}:${server.port}/admin`));
    expect(failure).toBeInstanceOf(UpstreamRefused);
    expect(failure).toMatchObject({ why: { code: 'upstream.address_not_public' } });
    expect([server.requests, server.connections()]).toEqual([[], 0]);
  });

  test.each([
    ['a name that leads there', [['127.0.0.1']]],
    ['a name that leads there as well as outside', [['1.1.1.1', '127.0.0.1']]],
    ['a name that leads there by IPv6', [['::ffff:7f00:1']]],
  ])('by %s is not sent', async (_what, answers) => {
    const server = await startServer();
    const send = sending(publicOrIn([]), nameServer(...answers));
    expect(await failureOf(send(`http://rebind.example:${server.port}/`))).toBeInstanceOf(UpstreamRefused);
    expect(server.connections()).toBe(0);
  });

  test('says the same whether something listens there, nothing does, or it is no HTTP', async () => {
    const open = await startServer();
    const other = createTcpServer((socket) => void socket.end('220 not http\r\n'));
    await once(other.listen(0, '127.0.0.1'), 'listening');
    endings.push(() => new Promise((resolve) => other.close(resolve)));
    const { port } = other.address() as AddressInfo;
    const send = sending(publicOrIn([]));
    const failures = await Promise.all(
      [open.url, `http://127.0.0.1:${await closedPort()}`, `http://127.0.0.1:${port}`].map((url) =>
        failureOf(send(url)),
      ),
    );
    expect(new Set(failures.map((failure) => JSON.stringify(failure))).size).toBe(1);
    expect(new Set(failures.map(String)).size).toBe(1);
  });

  test('goes where a name led when it was looked at, though it leads elsewhere a moment later', async () => {
    const [first, second] = [await startServer(), await startServer()];
    // Both are on this machine; that the first answer was allowed is what the second is after.
    const lookup = nameServer(['127.0.0.1'], ['127.0.0.2']);
    const send = sending((address) => address === '127.0.0.1', lookup);
    expect((await send(`http://rebind.example:${first.port}/`)).text).toBe('inside');
    expect(await failureOf(send(`http://rebind.example:${second.port}/`))).toBeInstanceOf(UpstreamRefused);
    expect(second.connections()).toBe(0);
  });

  test('is sent where the operator opened the network', async () => {
    const server = await startServer();
    for (const rule of [publicOrIn(['127.0.0.0/8']), onlyIn(['127.0.0.0/8']), anyAddress]) {
      expect(await sending(rule)(`${server.url}/gateway`)).toMatchObject({ status: 200, text: 'inside' });
    }
    expect(server.requests).toHaveLength(3);
  });
});

test.each(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL'])(
  'a name that is not resolved (%s) certainly did nothing',
  async (code) => {
    const lookup = ((_host: string, _options: unknown, done: (failure: Error) => void) =>
      done(Object.assign(new Error('no such name'), { code }))) as unknown as Lookup;
    const failure = await failureOf(sending(publicOrIn([]), lookup)('http://gateway.example/'));
    expect(failure).toBeInstanceOf(NoAnswer);
    expect(failure).toMatchObject({ reason: code, isUnresolved: true, neverArrived: true });
  },
);

test('after it was stopped nothing is sent, also when nothing was before', async () => {
  const server = await startServer();
  const outgoing = createOutgoing(anyAddress);
  await outgoing.stop();

  const sent = outgoing.send({ url: server.url, method: 'GET', headers: {}, timeout: 5000 });
  expect(await failureOf(sent)).toBeInstanceOf(NoAnswer);
  expect(server.requests).toEqual([]);
});

test('a redirect is an answer, and is not followed', async () => {
  const target = await startServer();
  const server = await startServer((_request, response) => response.writeHead(302, { location: target.url }).end());
  expect(await sending(anyAddress)(server.url)).toMatchObject({ status: 302 });
  expect(target.requests).toEqual([]);
});

test('a URL with credentials is not called', async () => {
  const server = await startServer();
  await failureOf(sending(anyAddress)(server.url.replace('//', '//user:word@')));
  expect(server.requests).toEqual([]);
});

describe('an answer without an end', () => {
  const mega = Buffer.alloc(1_000_000, 'a');

  /** Sends as long as somebody reads, and counts. */
  function endless(headers: Record<string, string>, chunk: Buffer) {
    const sent = { bytes: 0 };
    const answer: RequestListener = (_request, response) => {
      response.writeHead(200, headers);
      const more = () => {
        while (!response.destroyed && sent.bytes < 600_000_000) {
          sent.bytes += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    };
    return { sent, answer };
  }

  test('is read up to the limit, and then let go', async () => {
    const { sent, answer } = endless({}, mega);
    const server = await startServer(answer);
    const before = process.memoryUsage.rss();
    const failure = await failureOf(sending(anyAddress)(server.url, { timeout: 20_000 }));
    expect(failure).toMatchObject({ name: 'NoAnswer', reason: 'ANSWER_TOO_LARGE' });
    expect(sent.bytes).toBeLessThan(60_000_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(200_000_000);
  });

  test('is let go though it is small before it is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(300_000_000));
    const server = await startServer((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );
    const before = process.memoryUsage.rss();
    const failure = await failureOf(sending(anyAddress)(server.url, { timeout: 20_000 }));
    expect(failure).toMatchObject({ reason: 'ANSWER_TOO_LARGE' });
    expect(process.memoryUsage.rss() - before).toBeLessThan(200_000_000);
  });

  test('an answer of just the limit is whole, one byte more is none', async () => {
    const server = await startServer((_request, response) => response.end('grüße'));
    expect((await sending(anyAddress)(server.url, { limit: 7 })).text).toBe('grüße');
    expect(await failureOf(sending(anyAddress)(server.url, { limit: 6 }))).toBeInstanceOf(NoAnswer);
  });

  test.each([
    ['that never begins', (): RequestListener => () => {}],
    [
      'that trickles',
      (): RequestListener => (_request, response) => void setInterval(() => response.write('a'), 10).unref(),
    ],
  ])('one %s ends with the deadline, and so does the connection', async (_what, answering) => {
    const closed: Promise<unknown>[] = [];
    const answer = answering();
    const server = await startServer((request, response) => {
      closed.push(new Promise((resolve) => request.socket.once('close', resolve)));
      answer(request, response);
    });
    const failure = await failureOf(sending(anyAddress)(server.url, { timeout: 200 }));
    expect(failure).toMatchObject({ reason: 'TIMED_OUT', neverArrived: false });
    await Promise.all(closed);
    expect(closed).toHaveLength(1);
  });
});

test('a closed port certainly did nothing, and a dropped line may have', async () => {
  const gone = await startServer();
  const port = await closedPort();
  const dropping = await startServer((request) => request.socket.destroy());
  const send = sending(anyAddress);
  expect(await failureOf(send(`http://127.0.0.1:${port}`))).toMatchObject({
    reason: 'ECONNREFUSED',
    neverArrived: true,
  });
  expect(await failureOf(send(dropping.url))).toMatchObject({ neverArrived: false });
  expect((await send(gone.url)).status).toBe(200);
});
