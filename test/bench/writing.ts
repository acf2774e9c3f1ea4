import { setTimeout as pause } from 'node:timers/promises';
import { simulateHubspot } from '../../connectors/hubspot/simulator/index.ts';
import { simulateZendesk } from '../../connectors/zendesk/simulator/index.ts';
import { highVolume } from '../../connectors/zendesk/simulator/rate-limits.ts';
import type { SimulatedRequest } from '../../src/connector.ts';
import type { Bench } from './apparatus/bench.ts';
import { printBound } from './apparatus/bounds.ts';
import { eventually, type RunningService, startService } from './apparatus/launched.ts';
import { seconds, whole } from './apparatus/numbers.ts';
import { printCalls, type ServedVendor, serveVendor } from './apparatus/vendors.ts';
import { benchAddress, benchRating, saveWaiting } from './apparatus/waiting.ts';

/** Records of contacts in a vendor's batch: the same in both. */
const batch = 100;

/** As many have yet to be found in Zendesk, which can only be asked about one contact at a time: whole batches of them. */
const unknownOf = (contacts: number) => Math.min(contacts, batch * Math.ceil(contacts / 10_000));

/** What a job of simulated Zendesk takes in the mean, in seconds, and how many it lets be under way. */
const job = { takes: 0.45, atOnce: 30 };

type Vendor = {
  name: string;
  served: ServedVendor;
  ids: readonly string[];
  /** Whether the contact's record is known before. */
  known(n: number): boolean;
  isUpdate(call: SimulatedRequest): boolean;
  isLookUp(call: SimulatedRequest): boolean;
  mostLookUps: number;
  /** Seconds in which the vendor's limits would let anybody be done, however they went about it. */
  floor: number;
};

export function createWritingBench(contacts: number): Bench {
  const title = [
    `Writing ${whole(contacts)} waiting scores to HubSpot and Zendesk at once. HubSpot allows 100 calls in 10 s, and nobody's`,
    `record there is known yet. Zendesk allows 2,500 calls a minute and ${job.atOnce} jobs at once, and ${whole(unknownOf(contacts))} records have`,
    'yet to be found. A job is assumed to take 0.3 or 0.6 s in turn, as the simulator has it.',
  ].join('\n');
  return { title, run: (kind) => run(kind, contacts) };
}

async function run(kind: Parameters<Bench['run']>[0], contacts: number): Promise<void> {
  const database = await kind.create();
  const vendors = [await serveHubspot(contacts), await serveZendesk(contacts)];
  const settings = Object.assign({}, ...vendors.map(({ served }) => served.simulator.environment));
  try {
    // The first start makes the connections, and their fields at the vendors.
    await (await startService(database, settings)).stop();
    const records = vendors.map(({ name, ids, known }) => [name, (n: number) => (known(n) ? ids[n] : undefined)]);
    await saveWaiting(database, contacts, Object.fromEntries(records));
    const service = await startService(database, settings);
    try {
      await measure(service, vendors, contacts);
    } finally {
      await service.stop();
    }
  } finally {
    for (const { served } of vendors) await served.stop();
    await database.drop();
  }
}

async function serveHubspot(contacts: number): Promise<Vendor> {
  const served = await serveVendor(simulateHubspot);
  const batches = Math.ceil(contacts / batch);
  return {
    ...{ name: 'hubspot', served, ids: addContacts(served, contacts), known: () => false, mostLookUps: batches },
    isUpdate: ({ method, path }) => path.endsWith('/contacts/batch/update') || (method === 'PATCH' && isContact(path)),
    isLookUp: ({ method, path }) =>
      path.endsWith('/contacts/batch/read') ||
      path.endsWith('/contacts/search') ||
      (method === 'GET' && isContact(path)),
    floor: secondsFor(2 * batches, { calls: 100, window: 10 }),
  };
}

const isContact = (path: string) => /\/contacts\/[^/]+$/u.test(path);

async function serveZendesk(contacts: number): Promise<Vendor> {
  const served = await serveVendor((options) => simulateZendesk(options, { plan: highVolume }));
  const batches = Math.ceil(contacts / batch);
  const unknown = unknownOf(contacts);
  // Each job is asked about once at the least.
  const calls = secondsFor(2 * batches + unknown, { calls: 2500, window: 60 });
  const jobs = Math.max(1, batches / job.atOnce) * job.takes;
  return {
    ...{ name: 'zendesk', served, ids: addContacts(served, contacts), known: (n) => n >= unknown },
    isUpdate: ({ method, path }) => method === 'PUT' && path.includes('/users/'),
    isLookUp: ({ method, path }) => method === 'GET' && path.includes('/users/'),
    mostLookUps: unknown,
    floor: Math.max(calls, jobs),
  };
}

/** Seconds that pass at the least until so many calls are let through. */
function secondsFor(made: number, { calls, window }: { calls: number; window: number }): number {
  return Math.floor((made - 1) / calls) * window;
}

function addContacts({ simulator }: ServedVendor, contacts: number): readonly string[] {
  return Array.from({ length: contacts }, (_, n) =>
    simulator.addContact({ name: `Customer ${n}`, email: benchAddress(n) }),
  );
}

async function measure(service: RunningService, vendors: readonly Vendor[], contacts: number): Promise<void> {
  await untilLeftAlone(vendors);
  const before = vendors.map(({ served }) => served.simulator.requests.length);
  let memory = 0;
  const isWritten = async () => {
    // Counting what waits is work for the database, too.
    await pause(2000);
    memory = Math.max(memory, await service.memory());
    const { items } = await service.api<Connections>('connections');
    return items.every(({ backlog }) => backlog.recordsPending === 0);
  };
  const started = Date.now();
  await service.api('pause', { writing: false });
  await eventually('everything is written', isWritten, 3_600_000);
  for (const [index, vendor] of vendors.entries()) {
    verifyRecords(vendor);
    print(vendor, vendor.served.simulator.requests.slice(before[index]), { started, contacts });
  }
  console.log(`  the service had at most ${whole(memory)} MB in memory`);
}

type Connections = { items: readonly { backlog: { recordsPending: number } }[] };

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
  await eventually('the vendors are left alone', isQuiet, 300_000);
}

function verifyRecords({ name, served, ids }: Vendor): void {
  const wrong = ids.filter((id, n) => {
    const rating = served.simulator.record(id)?.nps_latest_rating;
    return rating === undefined || rating === null || rating === '' || Number(rating) !== benchRating(n);
  });
  if (wrong.length > 0) throw new Error(`${wrong.length} records of ${name} do not show the rating that was given`);
}

function print(
  { name, isUpdate, isLookUp, mostLookUps, floor }: Vendor,
  calls: readonly SimulatedRequest[],
  { started, contacts }: { started: number; contacts: number },
): void {
  const updates = calls.filter(isUpdate);
  const lookUps = calls.filter(isLookUp);
  // A job's last word comes when it is asked about.
  const words = calls.filter(({ path }) => path.includes('/job_statuses/'));
  const took = (Math.max(...[...updates, ...lookUps, ...words].map(({ at }) => at.getTime())) - started) / 1000;
  const ratio = floor >= 1 ? `, ${(took / floor).toFixed(2)} times that` : '';
  console.log(`  ${name}: its limits let nobody be done before ${seconds(floor)}; done after ${seconds(took)}${ratio}`);
  printCalls(calls);
  const refused = calls.filter(({ status }) => status === 429).length;
  if (refused > 0) console.log(`    ${refused} of them were refused as too fast`);
  const mostUpdates = Math.floor(1.05 * Math.ceil(contacts / batch));
  printCount('update calls', updates.length, mostUpdates);
  printCount('look-ups', lookUps.length, mostLookUps);
}

function printCount(what: string, made: number, most: number): void {
  printBound(what, { measured: whole(made), most: whole(most) }, made <= most);
}
