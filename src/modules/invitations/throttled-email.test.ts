import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { resolveTogether } from '../../../test/flows/resolve-together.ts';
import { createWorld, day, hour, minute, second, type World } from '../../../test/flows/world.ts';
import type { Database } from '../../platform/database/database.ts';
import { createEmailRateLimiter, type Time } from '../../platform/email/email-rate-limiter.ts';
import type { UsualEmailServer } from '../../platform/email/email-server.ts';
import { createSmtp } from '../../platform/email/smtp.ts';

const endings: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** An email server that takes what `takes` lets through, and answers 454 4.7.0 with these words to the rest. */
async function startServer(takes: () => boolean, words: string) {
  const taken: string[] = [];
  let throttled = 0;
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true, closeTimeout: 100 },
    onRcptTo: (_address, _session, done) => {
      if (takes()) return done();
      throttled += 1;
      return done(Object.assign(new Error(`4.7.0 ${words}`), { responseCode: 454 }));
    },
    onData: (stream, session, done) => {
      stream.resume().on('end', () => {
        taken.push(...session.envelope.rcptTo.map(({ address }) => address));
        done();
      });
    },
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  endings.push(() => new Promise<void>((resolve) => server.close(resolve)));
  const { port } = server.server.address() as AddressInfo;

  function connect({ clock, waitUntil }: Time): UsualEmailServer {
    const from = { address: 'support@acme.example' };
    const { send, verify, stop } = createSmtp(
      { secure: false, host: '127.0.0.1', port },
      { sender: from.address, stopping: 200 },
    );
    endings.push(stop);
    return {
      rateLimiter: createEmailRateLimiter({ clock, waitUntil }),
      identity: `127.0.0.1:${port}`,
      from,
      send,
      verify,
      stop,
    };
  }

  return { taken, throttled: () => throttled, connect };
}

/** So many tickets of as many contacts, resolved at the same time, whose invitations are due in an hour. */
function resolveTickets(world: World, count: number): Promise<string[]> {
  return resolveTogether(
    world,
    Array.from({ length: count }, (_, n) =>
      world.vendor.addContact({ name: 'Ann', email: `contact-${n}@domain-${n % 7}.example` }),
    ),
  );
}

async function statuses(world: World, tickets: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(tickets.map((id) => world.invitations(id)));
  return [...new Set(found.map((invitations) => invitations.map(({ status }) => status).join(' ')))];
}

describeOnEachDatabase('a real email server that throttles', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  it('to one email a second gets 60 emails that are due at once, each once, and none bounces', async () => {
    const time = { now: () => 0 };
    let last = Number.NEGATIVE_INFINITY;
    const server = await startServer(() => {
      if (time.now() - last < second) return false;
      last = time.now();
      return true;
    }, 'Throttling failure: Maximum sending rate exceeded.');
    const world = await createWorld(database, { connectEmail: server.connect });
    time.now = () => world.clock().getTime();
    const tickets = await resolveTickets(world, 60);

    await world.pass(hour);
    await world.pass(5 * minute);

    expect(server.taken).toHaveLength(60);
    expect(new Set(server.taken).size).toBe(60);
    expect(await statuses(world, tickets)).toEqual(['sent']);
    expect(await world.addressStates()).toEqual([]);
    // It finds the rate instead of running into the limit with each email.
    expect(server.throttled()).toBeLessThan(30);
    expect(world.logs.filter(({ code }) => code === 'email.bounced')).toEqual([]);
  });

  it('by a daily quota that is used up for 23 hours loses no email, and gets all of them when it takes them again', async () => {
    const time = { isUsedUp: () => true };
    const server = await startServer(() => !time.isUsedUp(), 'Daily message quota exceeded.');
    const world = await createWorld(database, { connectEmail: server.connect });
    const tickets = await resolveTickets(world, 12);
    const until = world.clock().getTime() + hour + 23 * hour;
    time.isUsedUp = () => world.clock().getTime() < until;

    await world.pass(hour);
    // About once a minute: the others wait for the one that tries.
    await world.pass(10 * minute);
    expect(server.throttled()).toBeGreaterThan(8);
    expect(server.throttled()).toBeLessThan(30);
    while (world.clock().getTime() + 3 * hour < until) {
      world.jump(3 * hour);
      await world.runDue();
    }
    expect(await statuses(world, tickets)).toEqual(['scheduled']);
    expect(await world.decisions(tickets[0] ?? '')).toMatchObject([
      { verdict: 'waiting', reason: 'email_server_throttled' },
    ]);
    expect(server.taken).toEqual([]);

    world.jump(until - world.clock().getTime());
    await world.pass(2 * minute);
    expect(new Set(server.taken).size).toBe(12);
    expect(server.taken).toHaveLength(12);
    expect(await statuses(world, tickets)).toEqual(['sent']);
    expect(await world.addressStates()).toEqual([]);
    await world.pass(day);
    expect(server.taken).toHaveLength(12);
  });
});
