import zendesk from 'node-zendesk';
import type { z } from 'zod';
import type { ConnectionTools } from '../../src/connector.ts';
import { UpstreamBusy } from '../../src/model/errors.ts';
import { minuteMs } from '../../src/model/time-units.ts';
import type { Lane } from '../../src/platform/rate-limiter.ts';
import { logOddities, parseNotingOddities } from '../kit/answer-rows.ts';
import { verifyAnswer } from './failures.ts';
import { system } from './messages.ts';
import { accountBaseUrl, type ZendeskSettings } from './settings.ts';
import { createAccessToken } from './token.ts';
import { type Answer, describeRoute, exchange, type OutgoingRequest } from './transport.ts';

/** One call to Zendesk's API. */
export type Call<T> = {
  lane: Lane;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Behind `/api/v2`. */
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: object;
  answer: z.ZodType<T>;
  /** How far it reaches when Zendesk forbids or throttles it: the connection, unless this says otherwise. */
  concerns?: 'request';
};

export type ZendeskClient = {
  /** @throws UpstreamBusy or UpstreamRefused; a 404 is a refusal, too */
  call<T>(call: Call<T>): Promise<T>;
  /** Likewise, but nothing when what the path names does not exist. */
  find<T>(call: Call<T>): Promise<T | undefined>;
  /** What Zendesk's clock showed when it last answered, another object each time; nothing before it has. */
  vendorClock(): Date | undefined;
};

/**
 * The only place that meets node-zendesk. Of the SDK we use what makes a request; its resources would lose answers:
 * they resolve on a 429 that carries Retry-After (with an Error as the result), on a 502 and on an HTML page, they drop
 * everything beside the resource (cursors, sideloads), and `list` follows links to whatever host they name. So every
 * call goes through a transporter with a whole address, and its status is judged here.
 *
 * @param timeout milliseconds until an answer has to be complete
 */
export function createZendeskClient(
  settings: ZendeskSettings,
  tools: ConnectionTools,
  { timeout = 20_000 }: { timeout?: number } = {},
): ZendeskClient {
  const baseUrl = accountBaseUrl(settings);
  const endpointUri = `${baseUrl}/api/v2`;
  const token = accessToken();
  let answeredAt: Date | undefined;

  function accessToken() {
    const { ZENDESK_CLIENT_ID: id, ZENDESK_CLIENT_SECRET: secret } = settings;
    if (!id || !secret) return undefined;
    return createAccessToken({
      client: { id, secret },
      credentials: tools.credentials,
      clock: tools.clock,
      request: (body) => ask(`${baseUrl}/oauth/tokens`, jsonRequest(body)),
    });
  }

  async function ask(url: string, request: OutgoingRequest): Promise<Answer> {
    const answer = await exchange(tools.send, url, request, timeout);
    const date = new Date(answer.headers.get('date') ?? '');
    if (!Number.isNaN(date.getTime())) answeredAt = date;
    return answer;
  }

  async function send<T>(call: Call<T>, credentials: { oauth: true; token: string } | ApiToken): Promise<Answer> {
    // A client keeps its token for life, so each call makes its own: it is a plain object, without a connection.
    const { users } = zendesk.createClient({
      ...credentials,
      endpointUri,
      transportConfig: {
        transportFn: ask,
        responseAdapter: (answer: Answer) => ({ ...answer, json: async () => answer.content }),
      },
    });
    const { response } = await users.transporter.request(call.method, urlOf(call), call.body);
    return response;
  }

  async function attempt<T>(call: Call<T>): Promise<Answer> {
    if (!token) return send(call, apiTokenOf(settings));
    const current = await token.current();
    const answer = await send(call, { oauth: true, token: current });
    if (answer.status !== 401) return answer;
    return send(call, { oauth: true, token: await token.renew(current) });
  }

  function urlOf<T>({ path, query = {} }: Call<T>): string {
    const parameters = new URLSearchParams({ ...query });
    return `${endpointUri}${path}${parameters.size > 0 ? `?${parameters}` : ''}`;
  }

  function observeLimit(headers: Headers): void {
    const remaining = numberIn(headers, 'x-rate-limit-remaining', 'ratelimit-remaining');
    const calls = numberIn(headers, 'x-rate-limit', 'ratelimit-limit');
    if (remaining !== undefined)
      tools.rateLimiter.observe({ remaining, window: minuteMs, ...(calls ? { calls } : {}) });
  }

  async function run<T>(call: Call<T>, { absentIsFine }: { absentIsFine: boolean }): Promise<T | undefined> {
    const route = describeRoute(call.method, urlOf(call));
    const answer = await tools.rateLimiter.run(call.lane, async () => {
      const received = await attempt(call);
      observeLimit(received.headers);
      if (absentIsFine && saysAbsent(received)) return undefined;
      verifyAnswer(received, { route, writes: call.method !== 'GET', concerns: call.concerns ?? 'connection' });
      return received;
    });
    return answer && read(call, route, answer, tools.log);
  }

  return {
    find: (call) => run(call, { absentIsFine: true }),
    // Without that permission an absence has thrown.
    call: async <T>(call: Call<T>) => (await run(call, { absentIsFine: false })) as T,
    vendorClock: () => answeredAt,
  };
}

type ApiToken = { username: string; token: string };

function apiTokenOf({ ZENDESK_EMAIL: username, ZENDESK_API_TOKEN: token }: ZendeskSettings): ApiToken {
  if (!username || !token) throw new Error('These settings hold no complete pair of credentials.');
  return { username, token };
}

function jsonRequest(body: object): OutgoingRequest {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  };
}

/**
 * An HTML page says only that the address is wrong, or the account closed, and `InvalidEndpoint` that the account has no
 * such list: nobody is gone because of that.
 */
function saysAbsent({ status, headers, content }: Answer): boolean {
  const hasNoEndpoint = isObject(content) && content.error === 'InvalidEndpoint';
  return status === 404 && !headers.get('content-type')?.includes('text/html') && !hasNoEndpoint;
}

function isObject(content: unknown): content is Record<string, unknown> {
  return typeof content === 'object' && content !== null;
}

function read<T>(
  { method, answer: schema }: Call<T>,
  route: string,
  { status, content }: Answer,
  log: ConnectionTools['log'],
): T {
  const { parsed, oddities } = parseNotingOddities(schema, content);
  logOddities(log, 'zendesk', route, oddities);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join('.')).filter((path) => path !== '');
  const said = [route, ...new Set(where)].join(' ');
  throw new UpstreamBusy(
    { code: 'upstream.unreadable', params: { system, status, said } },
    { outcome: method === 'GET' ? 'not_done' : 'unknown', concerns: 'request' },
  );
}

function numberIn(headers: Headers, ...names: string[]): number | undefined {
  const text = names.map((name) => headers.get(name)).find((value) => value !== null);
  const number = Number.parseInt(text ?? '', 10);
  return Number.isNaN(number) ? undefined : number;
}
