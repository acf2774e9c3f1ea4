import nock from 'nock';
import { afterEach, beforeEach, expect } from 'vitest';

/** A request that was answered by a mock, as it went over the wire. */
export type RecordedRequest = {
  method: string;
  origin: string;
  path: string;
  /** A parameter given several times is a list. */
  query: Readonly<Record<string, string | readonly string[]>>;
  /** Names in lower case; without `authorization`, so that no assertion or snapshot shows one. */
  headers: Readonly<Record<string, string>>;
  /** Parsed where it is JSON; a string otherwise; undefined where there was none. */
  body: unknown;
};

/** One answer. An object as body is sent as JSON. */
export type Answer = { status: number; body?: string | object; headers?: Readonly<Record<string, string>> };

/** The outside world in a test: nothing leaves the machine, and what was expected of it is exactly what happens. */
export type HttpMock = {
  /** Mocks at this origin, in nock's own terms; each serves once unless told otherwise, in the order given. */
  at(origin: string): nock.Scope;
  /** Every request to this origin that no mock made before this one serves: gets this answer, or its line is dropped. */
  always(origin: string, answer: Answer | 'dropped_line'): void;
  /** Ends all that was arranged so far, used or not. */
  forget(): void;
  /** What has been answered since the test began, oldest first. */
  requests: readonly RecordedRequest[];
  /** Called before a request is answered. */
  onRequest: (request: RecordedRequest) => void;
  /** Requests that no mock was waiting for, and mocks that no request came for, each as a sentence. */
  surprises(): string[];
};

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const local = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/u;

/** Takes over all HTTP of this process until `close`. Servers on 127.0.0.1 stay within reach. */
export function openHttpMock(): HttpMock & { close(): void } {
  const requests: RecordedRequest[] = [];
  const strays: string[] = [];

  const recordStray = (request: Request) => {
    const { host, origin, pathname } = new URL(request.url);
    if (!local.test(host)) strays.push(`nothing was waiting for ${request.method} ${origin}${pathname}`);
  };

  const mock: HttpMock = {
    at(origin) {
      const scope = nock(origin);
      scope.on('request', (request: Request, _interceptor: unknown, body: string) => {
        const recorded = record(request, body);
        requests.push(recorded);
        mock.onRequest(recorded);
      });
      return scope;
    },
    always(origin, answer) {
      const scope = mock.at(origin).persist();
      for (const method of methods) {
        const interceptor = scope.intercept(/.*/u, method).optionally();
        if (answer === 'dropped_line') interceptor.replyWithError(droppedLine());
        else interceptor.reply(answer.status, answer.body, { ...answer.headers });
      }
    },
    forget: () => nock.cleanAll(),
    requests,
    onRequest: () => {},
    surprises: () => [...strays, ...nock.pendingMocks().map((pending) => `nothing ever asked for ${pending}`)],
  };

  if (!nock.isActive()) nock.activate();
  nock.disableNetConnect();
  nock.enableNetConnect(local);
  nock.emitter.on('no match', recordStray);

  return Object.assign(mock, {
    close() {
      nock.emitter.off('no match', recordStray);
      nock.cleanAll();
      nock.enableNetConnect();
      nock.restore();
    },
  });
}

/**
 * A mock for every test of the describing block that calls this. A test fails on a request that nothing was waiting for,
 * even if the code under test has swallowed the failure, and on a mock that nothing asked for.
 *
 * nock cannot be aborted while it delays an answer: test time-outs against a real server on 127.0.0.1.
 */
export function mockHttp(): () => HttpMock {
  let open: ReturnType<typeof openHttpMock> | undefined;
  beforeEach(() => {
    open = openHttpMock();
  });
  afterEach(() => {
    const surprises = open?.surprises();
    open?.close();
    open = undefined;
    expect(surprises).toEqual([]);
  });
  return () => {
    if (!open) throw new Error('The HTTP mock is open only while a test runs.');
    return open;
  };
}

function record(request: Request, body: string): RecordedRequest {
  const url = new URL(request.url);
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  const headers = Object.fromEntries([...request.headers].filter(([name]) => name !== 'authorization'));
  return { method: request.method, origin: url.origin, path: url.pathname, query, headers, body: parse(body) };
}

function parse(body: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function droppedLine(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}
