import { Request } from '@hubspot/api-client/lib/src/services/http/Request.js';
import type { z } from 'zod';
import type { ConnectionTools, Send, VendorRequest } from '../../src/connector.ts';
import { NoAnswer, UpstreamBusy, type UpstreamFailure } from '../../src/model/errors.ts';
import type { Lane, RateLimiter } from '../../src/platform/rate-limiter.ts';
import { logOddities, parseNotingOddities } from '../kit/answer-rows.ts';
import { toFailure } from './failures.ts';
import { type Fault, fault } from './fault.ts';
import { observeLimits, readClock, readRetryAfter } from './limits.ts';
import { system } from './messages.ts';
import { nextMidnight } from './midnight.ts';
import type { AccessToken } from './token.ts';

/** HubSpot supports a dated version for 18 months from its release. */
const apiVersion = '2026-03';

export const paths = {
  account: `/account-info/${apiVersion}/details`,
  contacts: `/crm/objects/${apiVersion}/contacts`,
  tickets: `/crm/objects/${apiVersion}/tickets`,
  ticketContacts: `/crm/associations/${apiVersion}/tickets/contacts`,
  // Conversations have no version 2026-03.
  threads: '/conversations/conversations/2026-09/threads',
  ticketPipelines: `/crm/pipelines/${apiVersion}/tickets`,
  contactProperties: `/crm/properties/${apiVersion}/contacts`,
  ticketProperties: `/crm/properties/${apiVersion}/tickets`,
  propertyValidations: `/crm/property-validations/${apiVersion}`,
  propertyLimits: `/crm/limits/${apiVersion}/custom-properties`,
  owners: `/crm/owners/${apiVersion}`,
  lists: `/crm/lists/${apiVersion}`,
  installation: `/appinstalls/${apiVersion}/external-install`,
} as const;

export const tokenPath = `/oauth/${apiVersion}/token`;

export type Call<T> = {
  /** `write` is a call that changes something: its outcome may be unknown. */
  lane: Lane;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
  reads: z.ZodType<T>;
  /** Statuses that are an answer to this call rather than a failure of it. */
  tolerates?: readonly number[];
};

/** `value` where HubSpot did it; where it answered with a tolerated status, `failure`, and `fault` in HubSpot's words. */
export type Answer<T> =
  | { status: number; value: T; failure?: undefined; fault?: undefined; vendorClock?: Date | undefined }
  | { status: number; value?: undefined; failure: UpstreamFailure; fault: Fault; vendorClock?: Date | undefined };

export type HubspotClient = {
  /** @throws UpstreamBusy, UpstreamRefused */
  ask<T>(call: Call<T>): Promise<Answer<T>>;
  /** Where the account's day ends, which is when its daily limit starts anew. */
  learnTimeZone(timeZone: string | undefined): void;
};

export type ClientOptions = {
  token: AccessToken;
  /** May have a path, which stays in front of every call's own. */
  baseUrl: string;
  rateLimiter: RateLimiter;
  send: Send;
  clock: () => Date;
  log: ConnectionTools['log'];
  /** Milliseconds that a call may take until its body is there. */
  deadline?: number;
};

export function createClient({
  token,
  baseUrl,
  rateLimiter,
  send,
  clock,
  log,
  deadline,
}: ClientOptions): HubspotClient {
  const transport = createTransport({ baseUrl, send, ...(deadline === undefined ? {} : { deadline }) });
  const consented = token.renew !== undefined;
  let timeZone: string | undefined;

  /** A refused token that can be replaced is an answer: thrown in the pace, it would stop the connection. */
  async function attempt<T>(call: Call<T>, credential: string): Promise<Answer<T> | 'expired'> {
    const answer = await request(call, credential);
    return consented && answer.status === 401 ? 'expired' : read(call, answer);
  }

  async function attemptLast<T>(call: Call<T>, credential: string): Promise<Answer<T>> {
    return read(call, await request(call, credential));
  }

  async function request(call: Call<unknown>, credential: string): Promise<TransportAnswer> {
    const { method, path, query, body } = call;
    const answer = await transport({
      ...{ method, path, token: credential, changes: call.lane === 'write' },
      ...(query === undefined ? {} : { query }),
      ...(body === undefined ? {} : { body }),
    });
    observeLimits(answer.headers, rateLimiter, nextMidnight(clock(), timeZone));
    return answer;
  }

  function read<T>(call: Call<T>, { status, headers, body }: TransportAnswer): Answer<T> {
    const writes = call.lane === 'write';
    const tolerated = call.tolerates?.includes(status) ?? false;
    if (status >= 200 && status < 300 && (status !== 207 || tolerated)) {
      const { parsed, oddities } = parseNotingOddities(call.reads, body);
      logOddities(log, 'hubspot', call.path.replace(/\/\d+/gu, '/:id'), oddities);
      if (parsed.success) return { status, value: parsed.data, vendorClock: readClock(headers) };
      throw new UpstreamBusy(
        { code: 'upstream.unreadable', params: { system, status, said: '' } },
        {
          ...unknownIf(writes),
          // JSON in a form that we do not know is about what was asked for; a page is about the way there.
          ...(body === undefined ? {} : { concerns: 'request' }),
        },
      );
    }
    const said = fault.parse(body);
    const answer = { status, fault: said, retryAfter: readRetryAfter(headers), writes };
    const failure = toFailure(answer, { now: clock(), timeZone, consented });
    if (tolerated) return { status, failure, fault: said };
    throw failure;
  }

  return {
    async ask(call) {
      // Renewing is a call of its own, and no call may wait for another one within the pace.
      const first = await token.current();
      const answer = await rateLimiter.run(call.lane, () => attempt(call, first));
      if (answer !== 'expired') return answer;
      const second = (await token.renew?.(first)) ?? first;
      return rateLimiter.run(call.lane, () => attemptLast(call, second));
    },
    learnTimeZone(zone) {
      timeZone = zone;
    },
  };
}

export type TransportRequest = {
  method: Call<unknown>['method'];
  path: string;
  query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as a form instead, which is how OAuth has it. */
  form?: Readonly<Record<string, string>>;
  token?: string;
  /** Whether it is to change something, so that without an answer nobody knows what became of it. */
  changes?: boolean;
};

export type TransportAnswer = { status: number; headers: Headers; body: unknown };

/** One request and its whole answer, whatever its status. */
export type Transport = (request: TransportRequest) => Promise<TransportAnswer>;

/**
 * The only place that meets HubSpot's SDK. Of it we use what composes a request, and send that ourselves: what the SDK
 * sends with follows redirects with our credentials, waits for ever, reads an answer without an end, and knows of no
 * agent that could check where it leads. Its typed calls know undated paths only; its retries and its limiter are shared
 * by all clients of the process.
 */
export function createTransport({
  baseUrl,
  send,
  deadline = 20_000,
}: {
  baseUrl: string;
  send: Send;
  /** Milliseconds until the body is there. */
  deadline?: number;
}): Transport {
  function compose({ method, path, query, body, form, token }: TransportRequest): VendorRequest {
    const composed = new Request(
      { basePath: baseUrl },
      {
        method,
        path,
        defaultJson: form === undefined,
        headers: {
          ...(form === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        },
        ...(query === undefined ? {} : { qs: query }),
      },
    );
    const { headers } = composed.getSendData();
    const text = form === undefined ? JSON.stringify(body) : new URLSearchParams(form).toString();
    return {
      ...{ url: composed.getUrl().href, method, headers, timeout: deadline },
      ...(form === undefined ? {} : { limit: tokenLimit }),
      ...(text === undefined ? {} : { body: text }),
    };
  }

  return async (request) => {
    try {
      const { status, headers, text } = await send(compose(request));
      return { status, headers, body: readJson(text) };
    } catch (problem) {
      if (!(problem instanceof NoAnswer)) throw problem;
      const options = problem.neverArrived ? {} : unknownIf(request.changes ?? false);
      const params = { system, said: '', reason: problem.reason };
      throw new UpstreamBusy({ code: 'upstream.no_answer', params }, options);
    }
  };
}

/** Bytes of an answer with tokens. */
const tokenLimit = 5_000_000;

function unknownIf(writes: boolean): { outcome?: 'unknown' } {
  return writes ? { outcome: 'unknown' } : {};
}

/** HTML of a proxy, or half a body, is nothing we can read: the schemas refuse `undefined`. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
