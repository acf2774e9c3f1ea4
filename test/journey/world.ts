import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulateHubspot } from '../../connectors/hubspot/simulator/index.ts';
import { simulateZendesk } from '../../connectors/zendesk/simulator/index.ts';
import type { Simulator, SimulatorOptions } from '../../src/connector.ts';
import { type Service, startService } from '../../src/main.ts';
import { createInbox, type Inbox } from '../../src/sandbox/inbox.ts';

/** The service with simulated vendors and a mail server around it, all over real HTTP and SMTP. */
export type World = {
  hubspot: Simulator;
  zendesk: Simulator;
  inbox: Inbox;
  service: Service;
  environment: Record<string, string>;
  /** Ends the service and starts another one on the same data, as after a deployment. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

export type Wishes = {
  /** Surveys as `SURVEYS_FILE` has them. */
  surveys?: readonly Record<string, unknown>[];
  databaseUrl?: string | undefined;
  environment?: Record<string, string>;
};

export const apiKey = 'a-key-for-the-journeys-only';

const usualSurvey = { key: 'after-ticket', metric: 'nps', status: 'live', company: 'Acme', delay: 'PT0S', quietPeriod: 'PT0S' };

export async function createWorld({ surveys = [usualSurvey], databaseUrl, environment = {} }: Wishes = {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'scoreback-journey-'));
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const hubspot = await serve(simulateHubspot, `${publicUrl}/webhooks/hubspot`);
  const zendesk = await serve(simulateZendesk, `${publicUrl}/webhooks/zendesk`);
  const inbox = await createInbox();
  writeFileSync(join(folder, 'surveys.json'), JSON.stringify(surveys));
  const settings: Record<string, string> = {
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    DATA_DIR: join(folder, 'data'),
    SECRET_KEY: 'only-for-journeys-0123456789abcdef0123456789',
    SURVEYS_FILE: join(folder, 'surveys.json'),
    SMTP_URL: inbox.smtpUrl,
    MAIL_FROM: 'Acme Support <support@acme.example>',
    API_KEY: apiKey,
    LOG_LEVEL: 'warn',
    ...hubspot.simulator.environment,
    ...zendesk.simulator.environment,
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    ...environment,
  };
  const world: World = {
    hubspot: hubspot.simulator,
    zendesk: zendesk.simulator,
    inbox,
    environment: settings,
    service: await startService(settings),
    async restart() {
      await world.service.stop();
      world.service = await startService(settings);
    },
    async stop() {
      await world.service.stop();
      await Promise.all([hubspot.stop(), zendesk.stop(), inbox.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await eventually('both connections are ready', async () => {
    const { items } = await api<{ items: { status: string }[] }>(world, 'connections');
    return items.length === 2 && items.every((connection) => connection.status === 'ready');
  });
  return world;
}

async function serve(simulate: (options: SimulatorOptions) => Simulator, webhookUrl: string) {
  let handler: RequestListener = (_request, response) => response.writeHead(503).end();
  const server: Server = createServer((request, response) => handler(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const simulator = simulate({ clock: () => new Date(), baseUrl: `http://127.0.0.1:${port}`, webhookUrl });
  handler = simulator.handler;
  return {
    simulator,
    async stop() {
      await simulator.stop();
      server.closeAllConnections();
      server.close();
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** What the API says. */
export async function api<Answer>({ service }: Pick<World, 'service'>, path: string, change?: object): Promise<Answer> {
  const response = await fetch(`${service.url}/api/${path}`, {
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    ...(change ? { method: 'PATCH', body: JSON.stringify(change) } : {}),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** Waits for something that other processes bring about; says what was missing when it never comes. */
export async function eventually<Found>(
  what: string,
  look: () => Promise<Found | undefined | false> | Found | undefined | false,
  within = 15_000,
): Promise<Found> {
  const deadline = Date.now() + within;
  for (;;) {
    const found = await look();
    if (found) return found as Found;
    if (Date.now() > deadline) throw new Error(`waited ${within / 1000} s in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The link behind a number in the newest letter to this address. */
export async function ratingLink({ inbox }: World, to: string, rating: number): Promise<string> {
  const letter = await eventually(`a letter to ${to}`, () => inbox.letters.findLast((kept) => kept.to.includes(to)));
  const link = letter.links.find(({ text }) => text.trim() === String(rating));
  if (!link) throw new Error(`the letter has no link for ${rating}`);
  return link.url;
}

/** Opens the link and submits the page as a browser does. */
export async function answer(link: string, fields: { rating: number; comment?: string }): Promise<Response> {
  const page = await fetch(link);
  if (!page.ok) throw new Error(`the page answered ${page.status}`);
  const body = new URLSearchParams({ rating: String(fields.rating), comment: fields.comment ?? '' });
  return fetch(link, { method: 'POST', body });
}
