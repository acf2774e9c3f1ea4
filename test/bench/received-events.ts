import { setTimeout as pause } from 'node:timers/promises';
import { simulateHubspot } from '../../connectors/hubspot/simulator/index.ts';
import type { Simulator } from '../../src/connector.ts';
import { moveReceivedEvents } from '../../src/modules/events/queries/events.ts';
import { event } from '../../src/modules/events/tables.ts';
import type { Bench } from './apparatus/bench.ts';
import type { FreshDatabase } from './apparatus/databases.ts';
import { startService } from './apparatus/launched.ts';
import type { LoadOrder, LoadReport } from './apparatus/load.ts';
import { median, printTable, whole } from './apparatus/numbers.ts';
import { startProgram } from './apparatus/programs.ts';
import { serveVendor } from './apparatus/vendors.ts';

const rounds = 7;
const bounds = { connections: 64, requests: 20_000, milliseconds: 4000 };

/** Milliseconds after a round, in which the service sorts what it has accepted: not at the cost of the other's round. */
const rest = 1500;

type Round = { bare: LoadReport; service: LoadReport };

/** Runs a round against this server. */
type Send = (url: string) => Promise<LoadReport>;

export const receivedEvents: Bench = {
  title: [
    'Webhook intake, beside a bare Express handler that verifies the same signature and keeps nothing.',
    `${rounds} rounds of ${bounds.connections} connections, one event a request, each at most`,
    `${whole(bounds.requests)} requests or ${bounds.milliseconds / 1000} s; the service sorts and looks meanwhile.`,
  ].join('\n'),

  async run(kind) {
    const database = await kind.create();
    const hubspot = await serveVendor(simulateHubspot);
    const { environment } = hubspot.simulator;
    const { HUBSPOT_CLIENT_SECRET: secret = '' } = environment;
    const [load, bare] = [startProgram('load.ts'), startProgram('bare.ts', secret)];
    try {
      const tickets = addTickets(hubspot.simulator);
      const send: Send = (url) => load.ask({ url, secret, tickets, ...bounds } satisfies LoadOrder);
      const bareUrl = await bare.ask<string>();
      const service = await startService(database, environment);
      try {
        const { played, accepted } = await play(send, { bare: bareUrl, service: service.url });
        printRounds(played);
        console.log(`  ratio ${ratioOf(played).toFixed(2)} in the median; ${await service.memory()} MB in memory`);
        await service.kill();
        await verifySaved(database, accepted);
      } finally {
        await service.kill();
      }
    } finally {
      for (const program of [load, bare]) await program.stop();
      await hubspot.stop();
      await database.drop();
    }
  },
};

function addTickets({ addContact, addTicket }: Simulator): readonly string[] {
  return Array.from({ length: 100 }, (_, n) => {
    const recordId = addContact({ name: `Customer ${n}`, email: `customer-${n}@example.com` });
    return addTicket({ requesterId: recordId, subject: 'A question' });
  });
}

/** @returns the rounds after the first, which warms both up; and how much the service accepted in all of them */
async function play(send: Send, urls: { bare: string; service: string }) {
  const played: Round[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const reports: Partial<Round> = {};
    // Whatever else this machine does meanwhile should hit both alike.
    for (const who of round % 2 === 0 ? (['bare', 'service'] as const) : (['service', 'bare'] as const)) {
      reports[who] = await send(urls[who]);
      await pause(rest);
    }
    const { bare, service } = reports;
    if (!bare || !service) throw new Error('a round has two halves');
    const refused = bare.refused + service.refused;
    if (refused > 0) throw new Error(`${refused} requests of a round were refused`);
    played.push({ bare, service });
  }
  const accepted = played.reduce((sum, { service }) => sum + service.accepted, 0);
  return { played: played.slice(1), accepted };
}

function perSecond({ accepted, milliseconds }: LoadReport): number {
  return (accepted * 1000) / milliseconds;
}

function ratioOf(played: readonly Round[]): number {
  return median(played.map(({ bare, service }) => perSecond(service) / perSecond(bare)));
}

function printRounds(played: readonly Round[]): void {
  const lines = played.map(({ bare, service }, index) => [
    `${index + 1}`,
    whole(perSecond(bare)),
    whole(perSecond(service)),
    ratioOf([{ bare, service }]).toFixed(2),
    `${bare.p50.toFixed(1)} / ${bare.p99.toFixed(1)}`,
    `${service.p50.toFixed(1)} / ${service.p99.toFixed(1)}`,
  ]);
  printTable([['round', 'bare req/s', 'ours req/s', 'ratio', 'bare p50 / p99 ms', 'ours p50 / p99 ms'], ...lines]);
}

/** The process was just killed: what it had accepted must stand in its database, sorted or not. */
async function verifySaved(database: FreshDatabase, accepted: number): Promise<void> {
  const opened = await database.open();
  try {
    while ((await moveReceivedEvents(opened.db, 50)).taken > 0);
    const saved = await opened.db.$count(event);
    console.log(`  killed at the end: ${whole(saved)} of ${whole(accepted)} accepted notices are kept`);
    if (saved < accepted) throw new Error(`${accepted - saved} accepted notices are lost`);
  } finally {
    await opened.stop();
  }
}
