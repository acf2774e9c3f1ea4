import { setTimeout as pause } from 'node:timers/promises';
import type { EventsContext } from './context.ts';
import { moveReceivedEvents } from './queries/events.ts';

/** Few, so that the embedded database is not busy with one statement for longer than a request can wait. */
const rowsAtOnce = 8;

/**
 * How much longer it rests than it has just worked. Accepting goes before sorting: a vendor gives up after seconds,
 * while what was received is safe, and reading tickets is as slow as the vendor's limits anyway.
 */
const restFactor = 4;

/** In milliseconds; then the connections are dispatched, and what is left is for the next run. */
const sortBudgetMs = 3000;

/** Sorts the received events into the event table, and dispatches every connection that has news. */
export async function sortEvents({ database, wake }: EventsContext, signal: AbortSignal): Promise<void> {
  const news = new Set<string>();
  const deadline = performance.now() + sortBudgetMs;
  let more = true;
  while (more && !signal.aborted && performance.now() < deadline) {
    const started = performance.now();
    const sorted = await moveReceivedEvents(database.db, rowsAtOnce);
    for (const connection of sorted.connections) news.add(connection);
    more = sorted.taken >= rowsAtOnce;
    if (more) await pause((performance.now() - started) * restFactor);
  }
  for (const connection of news) await wake('dispatch', connection);
  if (more) await wake('sort-events', 'all');
}
