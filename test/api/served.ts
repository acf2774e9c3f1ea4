import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../src/app.ts';
import { gaugeSources } from '../../src/gauges.ts';
import { type AccessOptions, createAccess } from '../../src/modules/accounts/access.ts';
import { notifyOwner } from '../../src/modules/accounts/account-emails.ts';
import { createEventBuffer } from '../../src/modules/events/event-buffer.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { noRateLimits, type RateLimits } from '../../src/platform/http/request-limits.ts';
import { type Route, successStatus } from '../../src/platform/http/route.ts';
import type { Scope } from '../../src/platform/http/scopes.ts';
import { apiRoutes } from '../../src/routes.ts';
import { beforeStop } from '../databases.ts';
import { createWorld, day } from '../flows/world.ts';
import { quickHashing } from './quick-hashing.ts';

export const bootstrapKey = 'a-key-for-the-tests-of-the-api-only';
const testSecretKey = 'only-for-tests-0123456789abcdef0123456789';

export type Answer = { status: number; body: ReturnType<typeof JSON.parse>; headers: Headers };

export type CallOptions = {
  /** Nothing: none is sent. */
  key?: string | null;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
};

/** The real application with the flows' world behind it, over HTTP. */
export type Served = Awaited<ReturnType<typeof serve>>;

export async function serve(
  database: Database,
  {
    singleSignOn,
    secretKeys = [testSecretKey],
    publicUrl,
    passwordHashing = quickHashing,
    rateLimits = noRateLimits,
    ...requests
  }: Parameters<typeof createWorld>[1] &
    Pick<AccessOptions, 'singleSignOn'> &
    Partial<Pick<AccessOptions, 'secretKeys' | 'publicUrl' | 'passwordHashing'>> & { rateLimits?: RateLimits } = {},
) {
  const world = await createWorld(database, requests);
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { context, metrics, workspaceId } = world;
  for (const source of gaugeSources(context, { depths: async () => [] })) metrics.addSource(source);
  const of = {
    database,
    encryption: context.encryption,
    clock: world.clock,
    log: context.log,
    secretKeys,
    workspaceId,
  };
  const events: Promise<void>[] = [];
  const access = createAccess({
    ...of,
    publicUrl: publicUrl ?? url,
    apiKey: bootstrapKey,
    passwordHashing,
    singleSignOn,
    sessions: { idle: 7 * day, longest: 30 * day },
    notify: (event, userId) => void events.push(notifyOwner(context, `${url}/account`, event, userId)),
  });
  let stopping = false;
  const routeOptions = {
    access,
    metrics,
    rateLimits,
    publicUrl: url,
    publicUrlMissing: false,
    workspaceId,
    connectors: world.vendors.map(({ connector }) => connector),
    eventBuffer: createEventBuffer(context),
    // The tests come from many places.
    trustProxy: true,
    isStopping: () => stopping,
    beside: undefined,
  };
  server.on('request', createApp(context, routeOptions));
  beforeStop(database, async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    await access.settled();
    await Promise.all(events);
  });

  const routes = apiRoutes(context, routeOptions);

  /** Whatever a route answers is as it says: looked at in every test. */
  function verifyShape(method: string, path: string, { status, body }: Answer): void {
    const [address = ''] = path.split('?');
    const route = routes.find((candidate) => answersAt(candidate, method, address));
    if (!route || status >= 400) return;
    if (status !== successStatus(route)) throw new Error(`${method} ${path} answered ${status}`);
    const wrong = route.isPage ? undefined : route.answer?.safeParse(body).error;
    if (wrong) throw new Error(`${method} ${path} answers what it does not describe: ${wrong.message}`);
  }

  async function call(method: string, path: string, { key = bootstrapKey, body, headers = {} }: CallOptions = {}) {
    const response = await fetch(`${url}/api${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/u.test(response.headers.get('content-type') ?? '');
    const answer: Answer = {
      status: response.status,
      body: isJson && text !== '' ? JSON.parse(text) : text,
      headers: response.headers,
    };
    verifyShape(method, path, answer);
    return answer;
  }

  return {
    ...world,
    world,
    url,
    access,
    routes,
    call,
    read: async (path: string, requests?: CallOptions) => (await call('GET', path, requests)).body,
    /** The service is asked to stop; it answers still. */
    beginToStop(): void {
      stopping = true;
    },
    /** A key that may do only this. */
    async keyFor(...scopes: readonly Scope[]): Promise<string> {
      const { key } = await access.makeKey({
        workspaceId,
        name: 'A test',
        scopes,
        expiresAt: null,
        createdBy: 'tests',
      });
      return key;
    },
  };
}

function answersAt(route: Route, method: string, address: string): boolean {
  const pattern = new RegExp(`^${route.path.replace(/:\w+/gu, '[^/]+')}$`, 'u');
  return route.method === method.toLowerCase() && pattern.test(address);
}
