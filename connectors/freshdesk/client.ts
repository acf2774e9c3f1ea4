import type { z } from 'zod';
import type { ConnectionTools, Send, VendorAnswer } from '../../src/connector.ts';
import { NoAnswer, UpstreamBusy, type UpstreamFailure } from '../../src/model/errors.ts';
import { minuteMs } from '../../src/model/time-units.ts';
import type { Lane, RateLimiter } from '../../src/platform/rate-limiter.ts';
import { logOddities, parseNotingOddities } from '../kit/answer-rows.ts';
import { toFailure } from './failures.ts';
import type { FieldNames } from './field-names.ts';
import { system } from './messages.ts';

export type Call<T> = {
  /** `write` is a call that changes something: its outcome may be unknown. */
  lane: Lane;
  method: 'GET' | 'POST' | 'PUT';
  /** Behind `/api/v2`. */
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: object;
  reads: z.ZodType<T>;
  /** Statuses that are an answer to this call rather than a failure of it. */
  tolerates?: readonly number[];
};

/** `value` where Freshdesk did it, `failure` where it answered with a tolerated status. */
export type Answer<T> =
  | { status: number; value: T; failure?: undefined }
  | { status: number; value?: undefined; failure: UpstreamFailure };

export type FreshdeskClient = {
  /** @throws UpstreamBusy, UpstreamRefused */
  ask<T>(call: Call<T>): Promise<Answer<T>>;
};

export type ClientOptions = {
  apiKey: string;
  /** May have a path, which stays in front of every call's own. */
  baseUrl: string;
  rateLimiter: RateLimiter;
  send: Send;
  names: FieldNames;
  log: ConnectionTools['log'];
  /** Milliseconds that a call may take until its body is there. */
  deadline?: number;
};

/** Freshdesk's REST API, version 2, without an SDK: https://developers.freshdesk.com/api/ */
export function createClient({
  apiKey,
  baseUrl,
  rateLimiter,
  send,
  names,
  log,
  deadline = 20_000,
}: ClientOptions): FreshdeskClient {
  // The password is any text: the key is all that counts.
  const authorization = `Basic ${Buffer.from(`${apiKey}:X`).toString('base64')}`;

  async function exchange({ lane, method, path, query, body }: Call<unknown>): Promise<VendorAnswer> {
    try {
      return await send({
        url: `${baseUrl}/api/v2${path}${query ? `?${new URLSearchParams(query)}` : ''}`,
        method,
        timeout: deadline,
        headers: {
          authorization,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (problem) {
      if (!(problem instanceof NoAnswer)) throw problem;
      const done = problem.neverArrived ? {} : unknownIf(lane === 'write');
      const params = { system, said: '', reason: problem.reason };
      throw new UpstreamBusy({ code: 'upstream.no_answer', params }, done);
    }
  }

  async function attempt<T>(call: Call<T>): Promise<Answer<T>> {
    const { status, headers, text } = await exchange(call);
    observe(headers, rateLimiter);
    const writes = call.lane === 'write';
    const content = readJson(text);
    if (status >= 200 && status < 300) {
      const { parsed, oddities } = parseNotingOddities(call.reads, content);
      logOddities(log, 'freshdesk', call.path.replace(/\/\d+/gu, '/:id'), oddities);
      if (parsed.success) return { status, value: parsed.data };
      throw new UpstreamBusy(
        { code: 'upstream.unreadable', params: { system, status, said: '' } },
        {
          ...unknownIf(writes),
          // JSON in a form that we do not know is about what was asked for; a page is about the way there.
          ...(content === undefined ? {} : { concerns: 'request' }),
        },
      );
    }
    const isOurs = (name: string) => names.fieldOf(name) !== undefined;
    const failure = toFailure({ status, content, retryAfter: readRetryAfter(headers), writes, isOurs });
    // A page for people says only that the address is wrong: nothing is known to be absent because of that.
    const page = headers.get('content-type')?.includes('text/html') ?? false;
    if (call.tolerates?.includes(status) && !page) return { status, failure };
    throw failure;
  }

  return { ask: (call) => rateLimiter.run(call.lane, () => attempt(call)) };
}

function unknownIf(writes: boolean): { outcome?: 'unknown' } {
  return writes ? { outcome: 'unknown' } : {};
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function observe(headers: Headers, rateLimiter: RateLimiter): void {
  const remaining = readNumber(headers, 'x-ratelimit-remaining');
  const calls = readNumber(headers, 'x-ratelimit-total');
  if (remaining === undefined) return;
  rateLimiter.observe({ remaining, window: minuteMs, ...(calls === undefined ? {} : { calls }) });
}

function readRetryAfter(headers: Headers): number | undefined {
  const seconds = readNumber(headers, 'retry-after');
  return seconds === undefined ? undefined : seconds * 1000;
}

function readNumber(headers: Headers, name: string): number | undefined {
  const raw = headers.get(name)?.trim();
  return raw !== undefined && /^\d+$/u.test(raw) ? Number(raw) : undefined;
}
