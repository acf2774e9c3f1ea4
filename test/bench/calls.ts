import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { simulateHubspot } from '../../connectors/hubspot/simulator/index.ts';
import { simulateZendesk } from '../../connectors/zendesk/simulator/index.ts';
import type { SimulatedRequest, Simulator, SimulatorOptions } from '../../src/connector.ts';
import { runInTurn } from '../../src/platform/jobs/run-in-turn.ts';
import { createInbox, type Inbox } from '../../src/sandbox/inbox.ts';
import { findRatingLink, submitAnswer } from './apparatus/answering.ts';
import type { Bench } from './apparatus/bench.ts';
import { printBound } from './apparatus/bounds.ts';
import type { DatabaseKind } from './apparatus/databases.ts';
import { eventually, startService } from './apparatus/launched.ts';
import { printTable, whole } from './apparatus/numbers.ts';
import { printCalls, serveVendor } from './apparatus/vendors.ts';

/** Within so many milliseconds all tickets are resolved, one after another. */
const within = 60_000;

/** How long after its resolution a contact is asked. */
const delay = 'PT30S';

/** Milliseconds within which a ticket that is resolved alone is read. */
const loneWithin = 300;

const most = { reads: 0.08, tags: 0.05, share: 0.5 };

type Vendor = {
  name: string;
  simulate: (options: SimulatorOptions) => Simulator;
  isRead: (call: SimulatedRequest) => boolean;
  /** The vendor's own, for all programs together, in milliseconds. */
  limit: { calls: number; window: number };
};

const vendors: readonly Vendor[] = [
  {
    name: 'Zendesk',
    simulate: (options) => simulateZendesk(options),
    isRead: ({ method }) => method === 'GET',
    limit: { calls: 200, window: 60_000 },
  },
  {
    name: 'HubSpot',
    simulate: (options) => simulateHubspot(options),
    isRead: ({ method, path }) => method === 'GET' || /\/(?:read|search)$/u.test(path),
    limit: { calls: 100, window: 10_000 },
  },
];

export function createCallsBench(tickets: number): Bench {
  const title = [
    `Calls to a vendor for ${whole(tickets)} tickets that are resolved within a minute, from webhook to email, and for tagging`,
    'those tickets once they are answered. Each ticket has an agent, and its contact is asked half a minute later.',
  ].join('\n');
  return {
    title,
    async run(kind) {
      for (const vendor of vendors) await measure(kind, vendor, tickets);
    },
  };
}

async function measure(kind: DatabaseKind, { name, simulate, isRead, limit }: Vendor, tickets: number): Promise<void> {
  const database = await kind.create();
  const folder = mkdtempSync(join(tmpdir(), 'scoreback-bench-'));
  const front = await openFront();
  const connector = name.toLowerCase();
  const vendor = await serveVendor((options) =>
    simulate({ ...options, webhookUrl: `${front.url}/webhooks/${connector}` }),
  );
  const inbox = await createInbox();
  try {
    const service = await startService(database, {
      ...vendor.simulator.environment,
      ...{ SURVEYS_FILE: writeSurvey(folder), SMTP_URL: inbox.smtpUrl, MAIL_FROM: 'support@acme.example' },
      ...{ PUBLIC_URL: front.url, RECONCILE_EVERY: 'P1D' },
    });
    front.leadTo(service.url);
    try {
      const { simulator } = vendor;
      const ids = addTickets(simulator, tickets);
      const [lone = ''] = addTickets(simulator, 1);
      await service.settled();
      simulator.calm();
      await service.api('pause', { writing: true });

      const links = collectLinks(inbox);
      let from = simulator.requests.length;
      const busiest = watchBusiest(simulator, limit.window);
      await spread(ids, within, simulator.resolve);
      await eventually('everybody is asked', async () => links.size === tickets, 300_000, 200);
      const reads = simulator.requests.slice(from).filter(isRead);

      await pause(20_000);
      from = simulator.requests.length;
      const began = performance.now();
      simulator.resolve(lone);
      await eventually('a lone ticket is read', async () => simulator.requests.length > from, 10_000, 2);
      const lonely = performance.now() - began;

      await runInTurn([...links.values()], 4, (link) => submitAnswer(link));
      await service.settled();
      from = simulator.requests.length;
      await service.api('pause', { writing: false });
      await eventually('every ticket is tagged', async () => ids.every((id) => isTagged(simulator, id)), 300_000, 500);
      const tags = simulator.requests.slice(from).filter(({ path }) => /ticket|job_status/u.test(path));
      print(name, { tickets, reads, tags, lonely, share: busiest.stop() / limit.calls });
    } finally {
      await service.stop();
    }
  } finally {
    for (const { stop } of [vendor, inbox, front]) await stop();
    rmSync(folder, { recursive: true, force: true });
    await database.drop();
  }
}

function writeSurvey(folder: string): string {
  const file = join(folder, 'surveys.json');
  const survey = { key: 'after-ticket', metric: 'nps', status: 'live', delay, quietPeriod: 'PT0S', confirm: 'instant' };
  writeFileSync(file, JSON.stringify([{ ...survey, dailyCap: 1_000_000 }]));
  return file;
}

/** Tickets of contacts of their own. */
function addTickets(simulator: Simulator, many: number): string[] {
  return Array.from({ length: many }, (_, n) => {
    const email = `customer-${many}-${n}@example.com`;
    const requesterId = simulator.addContact({ name: `Customer ${n}`, email });
    return simulator.addTicket({
      requesterId,
      subject: 'A question',
      agent: `Agent ${n % 5}`,
      publicReplies: 1,
    });
  });
}

/** Whether the answer stands on the ticket: as a tag, or as a property. */
function isTagged(simulator: Simulator, ticketId: string): boolean {
  return JSON.stringify(simulator.marks?.(ticketId) ?? {}).includes('promoter');
}

/** Counts the calls in the busiest stretch as long as the vendor's window. */
function watchBusiest(simulator: Simulator, window: number): { stop(): number } {
  const everyMs = 100;
  const counts = [simulator.requests.length];
  const timer = setInterval(() => counts.push(simulator.requests.length), everyMs);
  return {
    stop() {
      clearInterval(timer);
      const samples = window / everyMs;
      return Math.max(...counts.map((count, n) => count - (counts[Math.max(0, n - samples)] ?? 0)));
    },
  };
}

async function spread(ids: readonly string[], milliseconds: number, work: (id: string) => void): Promise<void> {
  const began = performance.now();
  for (const [n, id] of ids.entries()) {
    const wait = began + (n * milliseconds) / ids.length - performance.now();
    if (wait > 0) await pause(wait);
    work(id);
  }
}

/** The link for a 9 of each email, by address. */
function collectLinks(inbox: Inbox): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  const timer = setInterval(() => {
    for (const email of inbox.sentEmails) {
      const link = findRatingLink(email, 9);
      if (link) links.set(email.to.join(), link);
    }
  }, 100);
  timer.unref();
  return links;
}

/** An address that stands before the service is started, as a proxy would have one. */
async function openFront() {
  let target = '';
  const server = createServer((request, response) => void forward(request, response, () => target));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo(url: string): void {
      target = url;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function forward(request: IncomingMessage, response: ServerResponse, target: () => string): Promise<void> {
  const body = await request.toArray();
  const headers = Object.entries(request.headers).filter(
    ([name]) => !['host', 'connection', 'content-length'].includes(name),
  );
  const answered = await fetch(`${target()}${request.url ?? '/'}`, {
    method: request.method ?? 'GET',
    headers: headers as [string, string][],
    ...(body.length > 0 ? { body: Buffer.concat(body) } : {}),
    redirect: 'manual',
  });
  response.writeHead(answered.status, { 'content-type': answered.headers.get('content-type') ?? 'text/plain' });
  response.end(Buffer.from(await answered.arrayBuffer()));
}

type Counted = {
  tickets: number;
  reads: readonly SimulatedRequest[];
  tags: readonly SimulatedRequest[];
  lonely: number;
  /** Of the rate limit, in the busiest window. */
  share: number;
};

function print(name: string, { tickets, reads, tags, lonely, share }: Counted): void {
  const each = { reads: reads.length / tickets, tags: tags.length / tickets };
  printTable([
    [name, 'calls', 'a ticket'],
    ['reads, from webhook to email', whole(reads.length), each.reads.toFixed(3)],
    ['tagging answered tickets', whole(tags.length), each.tags.toFixed(3)],
  ]);
  printCalls(reads);
  printCalls(tags);
  printBound('reads a ticket', { measured: each.reads.toFixed(3), most: `${most.reads}` }, each.reads <= most.reads);
  printBound(
    'calls for tags a ticket',
    { measured: each.tags.toFixed(3), most: `${most.tags}` },
    each.tags <= most.tags,
  );
  printBound(
    'share of the rate limit in the busiest window',
    { measured: share.toFixed(2), most: `${most.share}` },
    share <= most.share,
  );
  const read = `${lonely.toFixed(0)} ms after its webhook`;
  printBound('a lone ticket is read', { measured: read, most: `${loneWithin} ms` }, lonely <= loneWithin);
}
