import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../src/app.ts';
import { createAccess } from '../../src/modules/accounts/access.ts';
import { createEventBuffer } from '../../src/modules/events/event-buffer.ts';
import { day, type World } from './world.ts';

/** Under this address the links in the world's emails stand; a proxy before us takes it off. */
export const publicUrl = 'https://surveys.example';

/** What a visitor is and does: a program with an address, and a jar for cookies if it keeps them. */
export type Visitor = { agent?: string; address?: string; cookies?: Map<string, string> };

export type Visited = { status: number; headers: Headers; text: string };

/** The world's own doors, over real HTTP. */
export type SurveyPages = {
  /** Where it really is. */
  base: string;
  /** @param link as it stands in an email, or a path */
  visit(link: string, visitor?: Visitor, request?: RequestInit): Promise<Visited>;
};

/** Opens the doors of a world; they stay open for as long as the process has anything else to do. */
export async function serveSurveyPages(world: World): Promise<SurveyPages> {
  const { context, workspaceId, database, clock } = world;
  const of = { database, encryption: context.encryption, clock, log: context.log, workspaceId };
  const access = createAccess({
    ...of,
    publicUrl,
    secretKeys: ['only-for-the-tests-of-pages-0123456789abcdef'],
    sessions: { idle: 7 * day, longest: 30 * day },
    notify: () => {},
    apiKey: undefined,
  });
  const app = createApp(context, {
    connectors: [],
    eventBuffer: createEventBuffer(context),
    publicUrl,
    publicUrlMissing: false,
    workspaceId,
    access,
    metrics: world.metrics,
    trustProxy: 1,
    // As the settings have them: nobody whom a test plays is in the way of them.
    rateLimits: { caller: 1200, visitor: 300, page: 1200 },
    isStopping: () => false,
    beside: undefined,
  });
  const server = createServer(app);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  server.unref();
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    base,
    async visit(
      link,
      { agent = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/127.0', address, cookies } = {},
      request = {},
    ) {
      const headers = new Headers(request.headers);
      headers.set('user-agent', agent);
      if (address !== undefined) headers.set('x-forwarded-for', address);
      const { pathname, search } = new URL(link, publicUrl);
      const brought = [...(cookies ?? [])].filter(([key]) => pathname.startsWith(`${key.split(' ')[1]}/`));
      if (brought.length > 0) headers.set('cookie', brought.map(([, pair]) => pair).join('; '));
      const answered = await fetch(base + pathname + search, { ...request, headers });
      for (const set of answered.headers.getSetCookie()) {
        const [, pair = '', name = '', path = ''] = /^((\w+)=[^;]*);.*Path=([^;]*)/u.exec(set) ?? [];
        cookies?.set(`${name} ${path}`, pair);
      }
      return { status: answered.status, headers: answered.headers, text: await answered.text() };
    },
  };
}

/** What the page's form sends besides what a person fills in. */
export function hiddenFields(page: string): Record<string, string> {
  const fields = page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/gu);
  return Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, value]));
}

/** The request that sends a form with these fields. */
export function posted(fields: Record<string, string | number>): RequestInit {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) body.set(name, String(value));
  return { method: 'POST', body };
}
