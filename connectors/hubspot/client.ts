import { Client } from '@hubspot/api-client';
import { z } from 'zod';
import { Failure, UpstreamBusy } from '../../src/errors.ts';
import type { Lane, Pace } from '../../src/pace.ts';
import { failureOf, missingProperty } from './failures.ts';
import { fault } from './fault.ts';
import { batch } from './schema.ts';

/** HubSpot supports a dated version for 18 months from its release. */
const apiVersion = '2026-03';

export const paths = {
  account: `/account-info/${apiVersion}/details`,
  contacts: `/crm/objects/${apiVersion}/contacts`,
  tickets: `/crm/objects/${apiVersion}/tickets`,
  ticketPipelines: `/crm/pipelines/${apiVersion}/tickets`,
  contactProperties: `/crm/properties/${apiVersion}/contacts`,
  owners: `/crm/owners/${apiVersion}`,
} as const;

export type Call<T> = {
  /** `write` is a call that changes something: its outcome may be unknown. */
  lane: Lane;
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
  reads: z.ZodType<T>;
  /** Statuses that are an answer to this call rather than a failure of it. */
  tolerates?: readonly number[];
};

/** `value` where HubSpot did it, `failure` where it answered with a tolerated status. */
export type Answer<T> =
  | { status: number; value: T; failure?: undefined }
  | { status: number; value?: undefined; failure: Failure };

export type HubspotClient = {
  /** @throws UpstreamBusy, UpstreamRefused */
  ask<T>(call: Call<T>): Promise<Answer<T>>;
  /** Where the account's day ends, which is when its daily limit starts anew. */
  learnTimeZone(timeZone: string | undefined): void;
};

export type ClientOptions = {
  token: string;
  /** May have a path, which stays in front of every call's own. */
  baseUrl: string;
  pace: Pace;
  clock: () => Date;
  /** Milliseconds that a call may take until its body is there. */
  deadline?: number;
};

/**
 * The only place that meets HubSpot's SDK, and meets its traps: its typed calls know undated paths only, so that we use
 * `apiRequest` alone; that resolves for every status and for a half-done batch (207), and waits for ever; its retries
 * and its limiter are shared by all clients of the process, so that both stay off.
 */
export function createClient({ token, baseUrl, pace, clock, deadline = 20_000 }: ClientOptions): HubspotClient {
  const sdk = new Client({ accessToken: token, basePath: baseUrl, numberOfApiCallRetries: 0 });
  let timeZone: string | undefined;

  async function attempt<T>(call: Call<T>): Promise<Answer<T>> {
    const writes = call.lane === 'write';
    const { status, headers, body } = await exchange(call);
    observe(headers, pace);
    const tolerated = call.tolerates?.includes(status) ?? false;
    if (status === 207) verifyProperties(body);
    if (status >= 200 && status < 300 && (status !== 207 || tolerated)) {
      const read = call.reads.safeParse(body);
      if (read.success) return { status, value: read.data };
      throw new UpstreamBusy(`HubSpot answered ${status} with a body that cannot be read`, unknownIf(writes));
    }
    const retryAfter = readRetryAfter(headers);
    const failure = failureOf({ status, fault: fault.parse(body), retryAfter, writes }, { now: clock(), timeZone });
    if (tolerated) return { status, failure };
    throw failure;
  }

  async function exchange(call: Call<unknown>): Promise<{ status: number; headers: Headers; body: unknown }> {
    const options = unknownIf(call.lane === 'write');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const busy = () => new UpstreamBusy(`HubSpot has not answered within ${deadline / 1000} s`, options);
      timer = setTimeout(() => reject(busy()), deadline);
    });
    try {
      return await Promise.race([send(call), late]);
    } catch (problem) {
      if (problem instanceof Failure) throw problem;
      const reason = networkReason(problem);
      // What never reached HubSpot was certainly not done. The cause stays out: it may quote the address with an email.
      throw new UpstreamBusy(`HubSpot cannot be reached (${reason})`, neverConnected.has(reason) ? {} : options);
    } finally {
      clearTimeout(timer);
    }
  }

  async function send({ method, path, query, body }: Call<unknown>) {
    const response = await sdk.apiRequest({
      method,
      path,
      ...(query === undefined ? {} : { qs: query }),
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, headers: response.headers, body: readJson(await response.text()) };
  }

  return {
    ask: (call) => pace.run(call.lane, () => attempt(call)),
    learnTimeZone(zone) {
      timeZone = zone;
    },
  };
}

const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

function networkReason(problem: unknown): string {
  for (let at = problem; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return 'the line dropped';
}

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

/** A missing property hits each record alike: it concerns the connection even where a batch reports it by record. */
function verifyProperties(body: unknown): void {
  const { data } = batch(z.unknown()).safeParse(body);
  const missing = data?.faults.map((item) => missingProperty(207, item)).find((failure) => failure !== undefined);
  if (missing) throw missing;
}

function observe(headers: Headers, pace: Pace): void {
  const remaining = readNumber(headers, 'x-hubspot-ratelimit-remaining');
  if (remaining === undefined) return;
  const calls = readNumber(headers, 'x-hubspot-ratelimit-max');
  const window = readNumber(headers, 'x-hubspot-ratelimit-interval-milliseconds');
  pace.observe({
    remaining,
    ...(calls === undefined ? {} : { calls }),
    ...(window === undefined ? {} : { window }),
  });
}

function readRetryAfter(headers: Headers): number | undefined {
  const seconds = readNumber(headers, 'retry-after');
  return seconds === undefined ? undefined : seconds * 1000;
}

function readNumber(headers: Headers, name: string): number | undefined {
  const raw = headers.get(name)?.trim();
  return raw !== undefined && /^\d+(?:\.\d+)?$/u.test(raw) ? Number(raw) : undefined;
}
