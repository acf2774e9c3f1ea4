import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { simulateHubspot } from '../../connectors/hubspot/simulator/index.ts';
import { simulateZendesk } from '../../connectors/zendesk/simulator/index.ts';
import { highVolume } from '../../connectors/zendesk/simulator/rate-limits.ts';
import { scoreValues } from '../../src/domain/score.ts';
import { listConnections } from '../../src/store/connections.ts';
import { contact, contactEmail, copy, score } from '../../src/store/tables/index.ts';
import { pauseWorkspace, defaultWorkspace as workspaceId } from '../../src/store/workspaces.ts';
import type { Bench } from './apparatus/bench.ts';
import type { FreshDatabase } from './apparatus/databases.ts';
import { eventually, type RunningService, startService } from './apparatus/launched.ts';
import { whole } from './apparatus/numbers.ts';
import { printCalls, repeatCalls, type ServedVendor, serveVendor } from './apparatus/vendors.ts';

type Vendor = { name: string; served: ServedVendor; authorization: string; ids: readonly string[]; known: boolean };

export const writing = createWritingBench(1000);

function createWritingBench(people: number): Bench {
  const title = [
    `Writing ${whole(people)} waiting scores to HubSpot (100 calls in 10 s) and to Zendesk (2,500 calls a minute). The people`,
    'are known in Zendesk, where their tickets were, and have yet to be found in HubSpot. A job of (simulated) Zendesk',
    'takes up to 0.6 s.',
  ].join('\n');
  return { title, run: (kind) => run(kind, people) };
}

async function run(kind: Parameters<Bench['run']>[0], people: number): Promise<void> {
  const database = await kind.create();
  const vendors = await serveVendors(people);
  const settings = Object.assign({}, ...vendors.map(({ served }) => served.simulator.environment));
  try {
    // The first start makes the connections, and their fields at the vendors.
    await (await startService(database, settings)).stop();
    await keepScores(database, vendors, people);
    const service = await startService(database, settings);
    try {
      await measure(service, vendors);
    } finally {
      await service.stop();
    }
  } finally {
    for (const { served } of vendors) await served.stop();
    await database.drop();
  }
}

async function serveVendors(people: number): Promise<readonly Vendor[]> {
  const hubspot = await serveVendor(simulateHubspot);
  const zendesk = await serveVendor((options) => simulateZendesk(options, { plan: highVolume }));
  const { email, token } = zendesk.simulator.apiToken;
  const basic = Buffer.from(`${email}/token:${token}`).toString('base64');
  const bearer = hubspot.simulator.environment.HUBSPOT_ACCESS_TOKEN;
  return [
    {
      name: 'hubspot',
      served: hubspot,
      authorization: `Bearer ${bearer}`,
      ids: addPeople(hubspot, people),
      known: false,
    },
    { name: 'zendesk', served: zendesk, authorization: `Basic ${basic}`, ids: addPeople(zendesk, people), known: true },
  ];
}

function addPeople({ simulator }: ServedVendor, people: number): readonly string[] {
  return Array.from({ length: people }, (_, n) => simulator.addContact({ name: `Customer ${n}`, email: addressOf(n) }));
}

const addressOf = (n: number) => `customer-${n}@example.com`;
const ratingOf = (n: number) => n % 11;

/** Puts everybody's score and copies where answers would have put them, with writing paused. */
async function keepScores(database: FreshDatabase, vendors: readonly Vendor[], people: number): Promise<void> {
  const opened = await database.open();
  const now = new Date();
  const ids = Array.from({ length: people }, () => randomUUID());
  await opened.transaction(async (tx) => {
    await pauseWorkspace(tx, workspaceId, 'writing', now);
    const connections = await listConnections(tx);
    for (const some of chunks(
      ids.map((id, n) => ({ id, n })),
      1000,
    )) {
      await tx.insert(contact).values(some.map(({ id }) => ({ id, workspaceId, createdAt: now })));
      await tx
        .insert(contactEmail)
        .values(some.map(({ id, n }) => ({ contactId: id, workspaceId, address: addressOf(n) })));
      await tx.insert(score).values(
        some.map(({ id, n }) => ({
          ...{ contactId: id, workspaceId, revision: 1, lastChange: 'answered' as const, changedAt: now },
          values: valuesOf(n, now),
        })),
      );
      for (const { id: connectionId, connector } of connections) {
        const vendor = vendors.find(({ name }) => name === connector);
        const records = vendor?.known ? vendor.ids : [];
        await tx.insert(copy).values(
          some.map(({ id, n }) => ({
            ...{ id: randomUUID(), workspaceId, connectionId, contactId: id, dueAt: now },
            state: records[n] === undefined ? ('wanted' as const) : ('present' as const),
            externalId: records[n] ?? null,
          })),
        );
      }
    }
  });
  await opened.stop();
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function valuesOf(n: number, now: Date) {
  const answer = {
    ...{
      id: randomUUID(),
      metric: 'nps' as const,
      scale: 10,
      rating: ratingOf(n),
      comment: `What customer ${n} wrote.`,
    },
    ...{ answeredAt: now, ratedAt: now, survey: 'after-ticket', ticket: `zendesk:${n}`, agent: 'An agent' },
  };
  return scoreValues([answer], { known: [], lastChange: 'answered', lastAskedAt: now });
}

async function measure(service: RunningService, vendors: readonly Vendor[]): Promise<void> {
  await untilLeftAlone(vendors);
  const before = vendors.map(({ served }) => served.simulator.requests.length);
  const started = performance.now();
  await service.api('pause', { writing: false });
  await eventually('everything is written', () => isWritten(service), 1_800_000);
  const took = performance.now() - started;
  for (const [index, vendor] of vendors.entries()) {
    const calls = vendor.served.simulator.requests.slice(before[index]);
    verifyRecords(vendor);
    const floor = await repeatCalls(vendor.served, vendor.authorization, calls);
    console.log(`  ${vendor.name}: the ${calls.length} calls alone, one after the other, take ${seconds(floor)}`);
    printCalls(calls);
    printFloor(vendor, calls.length);
  }
  console.log(`  everything stands on the records after ${seconds(took)}; ${await service.memory()} MB in memory`);
}

const limits: Readonly<Record<string, { calls: number; seconds: number }>> = {
  hubspot: { calls: 100, seconds: 10 },
  zendesk: { calls: 2500, seconds: 60 },
};

/** The least time in which the vendor would have let anybody make so many calls. */
function printFloor({ name }: Vendor, made: number): void {
  const { calls, seconds: window } = limits[name] ?? { calls: 1, seconds: 0 };
  console.log(
    `    the vendor's limit lets nobody make ${made} calls in less than ${Math.floor((made - 1) / calls) * window} s`,
  );
}

/** What the start brings along, checks and polls, is over. */
async function untilLeftAlone(vendors: readonly Vendor[]): Promise<void> {
  let seen = -1;
  const isQuiet = async () => {
    await pause(2000);
    const made = vendors.reduce((sum, { served }) => sum + served.simulator.requests.length, 0);
    const same = made === seen;
    seen = made;
    return same;
  };
  await eventually('the vendors are left alone', isQuiet, 60_000);
}

async function isWritten({ api }: RunningService): Promise<boolean> {
  const { items } = await api<{ items: readonly { backlog: { recordsToWrite: number } }[] }>('connections');
  return items.every(({ backlog }) => backlog.recordsToWrite === 0);
}

function verifyRecords({ name, served, ids }: Vendor): void {
  const wrong = ids.filter((id, n) => {
    const rating = served.simulator.record(id)?.nps_latest_rating;
    return rating === undefined || rating === null || rating === '' || Number(rating) !== ratingOf(n);
  });
  if (wrong.length > 0) throw new Error(`${wrong.length} records of ${name} do not show the rating that was given`);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
