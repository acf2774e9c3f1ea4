import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulateZendesk, type ZendeskSimulator } from '../../connectors/zendesk/simulator/index.ts';
import type { SimulatedRequest } from '../../src/connector.ts';
import { runInTurn } from '../../src/platform/jobs/run-in-turn.ts';
import type { Bench } from './apparatus/bench.ts';
import type { DatabaseKind } from './apparatus/databases.ts';
import { saveDue, solveTickets } from './apparatus/due.ts';
import { type RunningService, startService } from './apparatus/launched.ts';
import { median, printTable, seconds, whole } from './apparatus/numbers.ts';
import { type Program, startProgram } from './apparatus/programs.ts';
import type { RawOrder, RawReport } from './apparatus/raw-email.ts';
import type { SinkOrder, SinkReport, SinkSample } from './apparatus/sink.ts';
import { type ServedVendor, serveVendor } from './apparatus/vendors.ts';

type Vendor = ServedVendor<ZendeskSimulator>;

const from = 'feedback@acme.example';
const rawFrom = 'raw@acme.example';

/** Emails before the first round, which warm both up. */
const warmUp = 200;

/** The service stops between two batches of what is due: in each round a few emails leave after it is over. */
const overrun = 250;

const rounds = 4;

type Plan = { rounds: number; emails: number };

export function createSendingBench(emails: number): Bench {
  const title = [
    `Sending ${whole(emails)} due invitations to an email server in ${rounds} rounds, beside the pool of nodemailer that sends the same`,
    'bytes. The service reads each ticket and its requester again first, from a simulated Zendesk whose limit of calls',
    'is out of the way. What it then has to write on the records, when they were asked, waits until afterwards.',
  ].join('\n');
  return { title, run: (kind) => run(kind, { rounds, emails: Math.ceil(emails / rounds) }) };
}

async function run(kind: DatabaseKind, plan: Plan): Promise<void> {
  const due = warmUp + overrun + plan.rounds * (plan.emails + overrun);
  const database = await kind.create();
  const folder = mkdtempSync(join(tmpdir(), 'scoreback-bench-'));
  const zendesk = await serveVendor((options) =>
    simulateZendesk(options, { plan: { calls: 10_000_000, seconds: 60 } }),
  );
  const sink = startProgram('sink.ts');
  try {
    const smtpUrl = await sink.ask<string>();
    const settings = { ...zendesk.simulator.environment, ...settingsIn(folder), SMTP_URL: smtpUrl };
    // The first start makes the connection, and its fields at the vendor.
    await (await startService(database, settings)).stop();
    await saveDue(database, solveTickets(zendesk.simulator, due));
    const raw = startProgram('raw-email.ts', smtpUrl);
    await raw.ask();
    const service = await startService(database, settings);
    try {
      await measure({ service, sink, raw, zendesk }, { ...plan, due });
    } finally {
      await raw.stop();
      await service.stop();
    }
  } finally {
    await sink.stop();
    await zendesk.stop();
    rmSync(folder, { recursive: true, force: true });
    await database.drop();
  }
}

function settingsIn(folder: string) {
  const file = join(folder, 'surveys.json');
  const survey = { key: 'after-ticket', metric: 'nps', status: 'live', company: 'Acme', quietPeriod: 'PT0S' };
  writeFileSync(file, JSON.stringify([{ ...survey, dailyCap: 1_000_000 }]));
  return { SURVEYS_FILE: file, MAIL_FROM: `Acme <${from}>`, RECONCILE_EVERY: 'P1D' };
}

type Parties = { service: RunningService; sink: Program; raw: Program; zendesk: Vendor };

/** Emails a second, and for the service also what it spent on each: milliseconds of a processor. */
type Half = { speed: number; processor: number };
type Round = { raw: Half; service: Half };

async function measure(parties: Parties, { rounds, emails, due }: Plan & { due: number }): Promise<void> {
  const { service, sink, zendesk } = parties;
  await service.settled();
  const memory = watchMemory(service);
  await sendOurs(parties, warmUp);
  const sentEmail = await sink.ask<string>({ sampleOf: from } satisfies SinkSample);
  const sendRaw = sendingRaw(parties, sentEmail);
  await sendRaw(warmUp);

  const before = zendesk.simulator.requests.length;
  const played: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    // Whatever else this machine does meanwhile should hit both alike.
    const rawFirst = round % 2 === 0 ? await sendRaw(emails) : undefined;
    const ours = await sendOurs(parties, emails);
    played.push({ service: ours, raw: rawFirst ?? (await sendRaw(emails)) });
  }
  printRounds(played, Buffer.byteLength(sentEmail, 'latin1'));
  const took = played.reduce((sum, { service: half }) => sum + emails / half.speed, 0);
  await printReading(zendesk, zendesk.simulator.requests.slice(before), { emails: emails * rounds, took });

  await service.api('pause', { asking: false });
  const { emails: sent, addresses } = await sink.ask<SinkReport>({ from, emails: due } satisfies SinkOrder);
  await service.settled();
  console.log(`  ${whole(sent)} emails in all, to ${whole(addresses)} addresses`);
  if (sent !== due || addresses !== due) throw new Error(`${whole(due)} contacts should have had one email each`);
  console.log(`  memory of the service: ${await memory.stop()}`);
}

/** Lets the service send so many emails, then pauses it. */
async function sendOurs({ service, sink }: Parties, emails: number): Promise<Half> {
  const before = await sink.ask<SinkReport>({ from, emails: 0 } satisfies SinkOrder);
  const spentBefore = await service.processor();
  const started = Date.now();
  await service.api('pause', { asking: false });
  const { at } = await sink.ask<SinkReport>({ from, emails: before.emails + emails } satisfies SinkOrder);
  const processor = ((await service.processor()) - spentBefore) / emails;
  await service.api('pause', { asking: true });
  await service.settled();
  return { speed: (emails * 1000) / (at - started), processor };
}

/** Sends the same email over and over, each time to another address. */
function sendingRaw({ raw }: Parties, sentEmail: string): (emails: number) => Promise<Half> {
  return async (emails) => {
    const order = { from: rawFrom, sentEmail, emails } satisfies RawOrder;
    const { milliseconds, processor } = await raw.ask<RawReport>(order);
    return { speed: (emails * 1000) / milliseconds, processor: processor / emails };
  };
}

function printRounds(played: readonly Round[], bytes: number): void {
  const ratio = ({ raw, service }: Round) => service.speed / raw.speed;
  const lines = played.map((round, index) => [
    `${index + 1}`,
    ...[round.raw.speed, round.service.speed].map((speed) => whole(speed)),
    ratio(round).toFixed(3),
    ...[round.raw.processor, round.service.processor].map((spent) => spent.toFixed(2)),
  ]);
  printTable([['round', 'raw emails/s', 'ours emails/s', 'ratio', 'raw CPU ms', 'ours CPU ms'], ...lines]);
  console.log(`  ratio ${median(played.map(ratio)).toFixed(3)} in the median, with emails of ${whole(bytes)} bytes`);
}

/** As many calls as the connector has under way. */
const callsAtOnce = 5;

/** How many calls an email costs, and how long they take when nothing else is done. */
async function printReading(
  { simulator, url }: Vendor,
  calls: readonly SimulatedRequest[],
  { emails, took }: { emails: number; took: number },
): Promise<void> {
  const sample = calls.slice(0, 4000);
  const { email, token } = simulator.apiToken;
  const authorization = `Basic ${Buffer.from(`${email}/token:${token}`).toString('base64')}`;
  const started = performance.now();
  await runInTurn(sample, callsAtOnce, async ({ path, query }) => {
    const response = await fetch(`${url}${path}?${query}`, { headers: { authorization } });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${path} answered ${response.status} when repeated`);
  });
  const reading = ((performance.now() - started) / sample.length / 1000) * calls.length;
  const each = (calls.length / emails).toFixed(1);
  console.log(
    `  ${each} calls to Zendesk an email: alone, ${callsAtOnce} at once, ${seconds(reading)} of ${seconds(took)}`,
  );
}

function watchMemory(service: RunningService) {
  const seen: number[] = [];
  const measure = async () => void seen.push(await service.memory());
  const first = measure();
  const timer = setInterval(measure, 500);
  return {
    async stop(): Promise<string> {
      clearInterval(timer);
      await first;
      await measure();
      return `${seen[0]} MB before, ${Math.max(...seen)} MB at most, ${seen.at(-1)} MB after`;
    },
  };
}
