import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, inject, vi } from 'vitest';
import { simulateHubspot } from '../../connectors/hubspot/simulator/index.ts';
import { simulateZendesk, type ZendeskSimulator } from '../../connectors/zendesk/simulator/index.ts';
import type { Simulator, SimulatorOptions } from '../../src/connector.ts';
import { createInbox, type Inbox } from '../../src/sandbox/inbox.ts';
import { describeEmbedded, describeOnServer } from '../databases.ts';
import { api, apiKey } from './api.ts';
import { eventually } from './eventually.ts';
import { type ServiceProcess, startHere, startProcess } from './launch.ts';

export type Vendor = 'hubspot' | 'zendesk';

/** The service with simulated vendors and an email server around it, all over real HTTP and SMTP. */
export type World = {
  hubspot: Simulator;
  zendesk: ZendeskSimulator;
  inbox: Inbox;
  service: ServiceProcess;
  environment: Readonly<Record<string, string>>;
  folder: string;
  /** Moves the vendors' clocks away from ours; negative, back again. */
  passForVendors(milliseconds: number): void;
  /** Starts the service on the same data, after it ended, with these settings changed. */
  start(changes?: WorldOptions): Promise<void>;
};

export type WorldOptions = {
  /** Surveys as `SURVEYS_FILE` has them, on top of the usual one. */
  surveys?: readonly Record<string, unknown>[];
  /** On top of the usual settings; an empty one counts as unset. */
  environment?: Record<string, string>;
  /** Whether the service starts without the vendors' keys. */
  unconnected?: boolean;
  /** Whether it is a process of its own, which can be killed. */
  process?: boolean;
  /** What happens at the vendors before the service starts for the first time. */
  before?: (vendors: Pick<World, Vendor>) => void;
};

export type OpenWorld = (requests?: WorldOptions) => Promise<World>;

export const usualSurvey = {
  key: 'after-ticket',
  metric: 'nps',
  status: 'live',
  company: 'Acme',
  delay: 'PT0S',
  quietPeriod: 'PT0S',
};

/** The same journeys on each database: embedded, or on the PostgreSQL server that `TEST_DATABASE_URL` names. */
export function describeJourneys(title: string, journeys: (open: OpenWorld) => void): void {
  describeInFolder(title, journeys);
  describeSharable(title, journeys);
}

/** For what is true of a database in a folder only. */
export function describeInFolder(title: string, journeys: (open: OpenWorld) => void): void {
  describeEmbedded(title, () => journeys(opening(async () => undefined)));
}

/** For what takes a database that several processes can share. */
export function describeSharable(title: string, journeys: (open: OpenWorld) => void): void {
  describeOnServer(`${title}, PostgreSQL`, (createEmpty) => journeys(opening(createEmpty)));
}

type CreateDatabase = () => Promise<{ url: string; remove: () => Promise<void> } | undefined>;

function opening(createDatabase: CreateDatabase): OpenWorld {
  // Every wait names what it waits for and ends sooner than this; a busy machine takes its time.
  vi.setConfig({ testTimeout: 300_000, hookTimeout: 240_000 });
  const ends: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const end of ends.splice(0)) await end();
  });
  return async (requests = {}) => {
    const database = await createDatabase();
    if (database) ends.push(database.remove);
    const { world, stop } = await arrange(requests, database?.url);
    ends.unshift(stop);
    await world.start();
    return world;
  };
}

async function arrange(requests: WorldOptions, databaseUrl: string | undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'scoreback-journey-'));
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  let ahead = 0;
  const clock = () => new Date(Date.now() + ahead);
  const hubspot = await serve(simulateHubspot, clock, `${publicUrl}/webhooks/hubspot`);
  const zendesk = await serve(simulateZendesk, clock, `${publicUrl}/webhooks/zendesk`);
  const inbox = await createInbox();
  const settings: Record<string, string> = {
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    DATA_DIR: join(folder, 'data'),
    SECRET_KEY: 'only-for-journeys-0123456789abcdef0123456789',
    SURVEYS_FILE: join(folder, 'surveys.json'),
    SMTP_URL: inbox.smtpUrl,
    MAIL_FROM: 'Acme Support <support@acme.example>',
    API_KEY: apiKey,
    ...(requests.unconnected
      ? { SANDBOX: 'off', ALLOW_PRIVATE_ADDRESSES: '127.0.0.0/8' }
      : { ...hubspot.simulator.environment, ...zendesk.simulator.environment }),
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };
  let service: ServiceProcess | undefined;
  const world: World = {
    hubspot: hubspot.simulator,
    zendesk: zendesk.simulator,
    inbox,
    environment: settings,
    folder,
    get service() {
      if (!service) throw new Error('the service has not been started');
      return service;
    },
    passForVendors(milliseconds) {
      ahead += milliseconds;
    },
    async start({ surveys = [], environment = {} } = {}) {
      Object.assign(settings, environment);
      if (surveys.length > 0) writeFileSync(join(folder, 'surveys.json'), surveyFile(surveys));
      service = await (requests.process ? startProcess(settings, folder) : startHere(settings));
      if (!requests.unconnected) await ready(world);
    },
  };
  if (databaseUrl === undefined) unpackDatabase(join(folder, 'data', 'database'));
  writeFileSync(join(folder, 'surveys.json'), surveyFile(requests.surveys ?? [{}]));
  Object.assign(settings, requests.environment);
  requests.before?.(world);
  const stop = async () => {
    await service?.end();
    await Promise.all([hubspot.stop(), zendesk.stop(), inbox.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
  return { world, stop };
}

function surveyFile(surveys: readonly Record<string, unknown>[]): string {
  return JSON.stringify(surveys.map((survey) => ({ ...usualSurvey, ...survey })));
}

async function ready(world: World): Promise<void> {
  await eventually(
    'both connections are ready',
    async () => {
      const { items } = await api(world).read('connections');
      return items.length === 2 && items.every(({ status }) => status === 'ready');
    },
    120_000,
  );
}

async function serve<Simulated extends Simulator>(
  simulate: (options: SimulatorOptions) => Simulated,
  clock: () => Date,
  webhookUrl: string,
) {
  let handler: RequestListener = (_request, response) => response.writeHead(503).end();
  const server: Server = createServer((request, response) => handler(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const simulator = simulate({ clock, baseUrl: `http://127.0.0.1:${port}`, webhookUrl });
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

/** An empty database as a first start leaves it, which takes that start seconds to make. */
function unpackDatabase(folder: string): void {
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['xf', inject('snapshot'), '-C', folder], { stdio: 'ignore' });
}

export async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
