import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import type { EventDelay, EventOutcome } from '../../model/messages/event-outcome.ts';
import { runDue } from '../../platform/jobs/run-due.ts';
import { runInTurn } from '../../platform/jobs/run-in-turn.ts';
import { claimMs } from '../../platform/jobs/timing.ts';
import { findConnection, type LiveConnection, noteFailure } from '../connections/index.ts';
import { type Refreshed, refreshContact, refreshOwners } from '../contacts/index.ts';
import {
  claimEvents,
  type EventRow,
  finishEvents,
  forgetEvents,
  listDueObjects,
  postponeEvents,
} from '../events/index.ts';
import { findConditionProperties } from '../surveys/index.ts';
import type { TicketsContext } from './context.ts';
import { processTicket } from './process-ticket.ts';
import { readTickets, type TicketReading } from './read-tickets.ts';

const batch = 100;
/** Vendors send several events of a ticket, which is read once: at most so many are looked through for a batch. */
const mostEvents = 400;
const atOnce = 4;

/** An association often arrives after its ticket; this many looks wait for it. */
const searchesForRequester = 4;
const lastTry = 8;

/** Doubles with each try. */
const firstRetryMs = 2000;

/** Looks at everything that a connection's events point to, until nothing is due. Tickets are read in batches. */
export async function dispatchEvents(
  context: TicketsContext,
  connectionId: string,
  signal: AbortSignal,
): Promise<void> {
  const live = context.connections.find(connectionId);
  if (!live) return;
  await runDue({
    claim: () => claimDueEvents(context, live),
    handle: (events) => refreshObjects(context, live, events),
    again: () => context.wake('dispatch', connectionId),
    monotonic: context.monotonic,
    signal,
  });
}

async function claimDueEvents(
  { database, clock, gathering, wake }: TicketsContext,
  live: LiveConnection,
): Promise<EventRow[] | undefined> {
  const row = await findConnection(database.db, live.id);
  if (!row || row.status === 'unauthorized' || row.status === 'disconnected') return undefined;
  if (!(await live.lease.hold())) return undefined;
  const now = clock();
  const key = `dispatch ${live.id}`;
  const objects = await listDueObjects(database.db, live.id, now, mostEvents);
  if (objects.length === 0) return undefined;
  const isFull = new Set(objects).size >= batch;
  const wait = gathering.waitMs(key);
  if (wait > 0 && !isFull) {
    await wake('dispatch', live.id, new Date(now.getTime() + wait));
    return undefined;
  }
  const until = new Date(now.getTime() + claimMs);
  const events = await claimEvents(database.db, live.id, { now, until, limit: countUntilFull(objects) });
  gathering.noteBatch(key);
  return events.length === 0 ? undefined : events;
}

/** How many of the oldest events are about as many objects as a batch holds. */
function countUntilFull(objects: readonly string[]): number {
  const seen = new Set<string>();
  const end = objects.findIndex((objectId) => seen.add(objectId).size > batch);
  return end === -1 ? objects.length : end;
}

async function refreshObjects(
  context: TicketsContext,
  live: LiveConnection,
  events: readonly EventRow[],
): Promise<'stop' | undefined> {
  const properties = await findConditionProperties(context.database.db, live.workspaceId);
  const objects = [...Map.groupBy(events, (event) => `${isAboutContact(event)} ${event.objectId}`).values()];
  const tickets = objects.flatMap(([first]) => (first && !isAboutContact(first) ? [first.objectId] : []));
  const readings = await readTickets(live, tickets, properties.length === 0 ? undefined : { properties });
  await refreshRequesters(context, live, [...readings.values()]);
  const again = await runInTurn(objects, atOnce, (same) => refreshObject(context, live, same, readings));
  const [soonest] = again.filter((at) => at !== undefined).sort((a, b) => a.getTime() - b.getTime());
  if (!soonest) return undefined;
  await context.wake('dispatch', live.id, soonest);
  // The connection is not well: what is left waits with the rest instead of being tried one by one.
  return live.rateLimiter.state().waitingUntil ? 'stop' : undefined;
}

/** Before a requester's record is linked for the first time: whoever else has its address may have it no more. */
async function refreshRequesters(
  context: TicketsContext,
  { workspaceId, id: connectionId }: LiveConnection,
  readings: readonly TicketReading[],
): Promise<void> {
  const requesters = readings.flatMap((reading) => ('snapshot' in reading && reading.snapshot?.requester) || []);
  for (const outOfSync of await refreshOwners(context, { workspaceId, connectionId }, requesters)) {
    await context.wake('write', outOfSync);
  }
}

function isAboutContact({ kind }: EventRow): boolean {
  return kind.startsWith('contact.');
}

/** @returns when to look again, if it could not be done */
async function refreshObject(
  context: TicketsContext,
  live: LiveConnection,
  events: EventRow[],
  readings: ReadonlyMap<string, TicketReading>,
): Promise<Date | undefined> {
  const { database } = context;
  const ids = events.map((event) => event.id);
  const attempts = Math.max(...events.map((event) => event.attempts));
  const latest = events.at(-1);
  if (!latest) return undefined;
  const reading = isAboutContact(latest) ? undefined : readings.get(latest.objectId);
  try {
    const processed = isAboutContact(latest)
      ? await refreshContact(context, live, events)
      : await refreshTicket(context, live, latest.objectId, { attempts, eventAt: latest.happenedAt, reading });
    if (processed === 'no_requester_yet') {
      return postpone(context, live, events, { code: 'no_requester_yet', params: {} });
    }
    if (processed.outcome === null) await forgetEvents(database.db, ids);
    else await finishEvents(database.db, ids, processed.outcome);
    countDispatched(context, live, events, processed.outcome?.code ?? 'nothing_new');
    for (const { receivedAt } of events) {
      const delay = context.clock().getTime() - receivedAt.getTime();
      context.metrics.time('event_dispatch_delay', { connector: live.connector.name }, delay);
    }
    if (processed.due) await context.wake('recheck', live.id, processed.due);
    for (const connectionId of processed.outOfSync ?? []) await context.wake('write', connectionId);
    return undefined;
  } catch (failure) {
    const upstream = failure instanceof UpstreamBusy || failure instanceof UpstreamRefused;
    const toBlame = reading !== undefined && 'failure' in reading && reading.toBlame;
    if (upstream && failure.concerns === 'connection' && !toBlame) {
      const until = await noteFailure(context, live, failure);
      await postponeEvents(database.db, ids, {
        until,
        outcome: { code: 'failed', params: { why: failure.why } },
        counts: false,
      });
      countDispatched(context, live, events, 'failed');
      return until;
    }
    const why: EventDelay = upstream
      ? { code: 'failed', params: { why: failure.why } }
      : { code: 'internal', params: {} };
    if (!upstream)
      context.log.error(
        { code: 'event.failed', err: failure, connection: live.id, events: ids },
        'An event could not be handled.',
      );
    return postpone(context, live, events, why);
  }
}

/** One bad ticket fails alone, backs off, and has failed after its last try. */
async function postpone(
  context: TicketsContext,
  live: LiveConnection,
  events: readonly EventRow[],
  why: EventDelay,
): Promise<Date | undefined> {
  const ids = events.map((event) => event.id);
  const attempts = Math.max(...events.map((event) => event.attempts));
  if (attempts + 1 >= lastTry) {
    await finishEvents(context.database.db, ids, { code: 'given_up', params: { why } });
    context.log.warn({ code: 'event.given_up', events: ids, why }, 'An event was given up after its last try.');
    countDispatched(context, live, events, 'given_up');
    return undefined;
  }
  const until = new Date(context.clock().getTime() + firstRetryMs * 2 ** attempts);
  await postponeEvents(context.database.db, ids, { until, outcome: why, counts: true });
  countDispatched(context, live, events, why.code);
  return until;
}

function countDispatched(
  { metrics }: TicketsContext,
  { connector }: LiveConnection,
  { length }: readonly EventRow[],
  outcome: EventOutcome['code'] | 'nothing_new',
): void {
  metrics.count('events_dispatched', { connector: connector.name, outcome }, length);
}

/** Makes our picture of the ticket what was read of it. */
async function refreshTicket(
  context: TicketsContext,
  live: LiveConnection,
  externalId: string,
  { attempts, eventAt, reading }: { attempts: number; eventAt: Date; reading: TicketReading | undefined },
): Promise<Refreshed | 'no_requester_yet'> {
  if (!reading) return { outcome: { code: 'no_tickets', params: {} } };
  if ('failure' in reading) throw reading.failure;
  const { snapshot } = reading;
  if (snapshot?.state === 'resolved' && !snapshot.requester && attempts < searchesForRequester)
    return 'no_requester_yet';
  return context.database.transaction(async (tx) => {
    const row = await findConnection(tx, live.id);
    if (!row) return { outcome: { code: 'no_connection', params: {} } };
    return processTicket(tx, context, row, externalId, snapshot, eventAt);
  });
}
