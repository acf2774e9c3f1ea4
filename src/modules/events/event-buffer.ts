import type { EventsContext } from './context.ts';
import { type ReceivedEvent, saveReceivedEvents } from './queries/events.ts';

/** Keeps what webhooks bring before they are answered. */
export type EventBuffer = {
  /** Resolves when the events are safe. */
  save(events: readonly ReceivedEvent[]): Promise<void>;
  /** Resolves when nothing is on its way. */
  settled(): Promise<void>;
};

type Waiting = { events: readonly ReceivedEvent[]; resolve: () => void; reject: (failure: unknown) => void };

const mostInOneInsert = 500;

/** Requests that arrive together share one insert: the more there are, the fewer inserts each costs. */
export function createEventBuffer({ database, clock, wake, log }: EventsContext): EventBuffer {
  const waiting: Waiting[] = [];
  const flushes = new Set<Promise<void>>();

  function startFlushes(): void {
    while (waiting.length > 0 && flushes.size < database.writers) {
      const flush = saveGroup(waiting.splice(0, mostInOneInsert)).finally(() => {
        flushes.delete(flush);
        startFlushes();
      });
      flushes.add(flush);
    }
  }

  async function saveGroup(group: readonly Waiting[]): Promise<void> {
    try {
      await saveReceivedEvents(
        database.db,
        group.flatMap(({ events }) => events),
        clock(),
      );
      for (const { resolve } of group) resolve();
    } catch (failure) {
      for (const { reject } of group) reject(failure);
      return;
    }
    await announce().catch((failure) =>
      log.warn(
        { code: 'webhook.wake_failed', err: failure },
        'The handling of events could not be woken. The sweep finds what was received.',
      ),
    );
  }

  let wokenIn = 0;
  let wokenAfter = 0;

  /** Under load, one wake-up a second is enough for all of them: sorting more often would slow the accepting down. */
  async function announce(): Promise<void> {
    const second = Math.floor(clock().getTime() / 1000);
    if (wokenIn !== second && wokenAfter < second) {
      wokenIn = second;
      await wake('sort-events', 'all');
    } else if (wokenAfter <= second) {
      wokenAfter = second + 1;
      await wake('sort-events', 'all', new Date(wokenAfter * 1000));
    }
  }

  return {
    save(events) {
      if (events.length === 0) return Promise.resolve();
      return new Promise((resolve, reject) => {
        waiting.push({ events, resolve, reject });
        // Whatever else arrives in this turn of the event loop comes along.
        if (waiting.length === 1) setImmediate(startFlushes);
      });
    },
    async settled() {
      startFlushes();
      while (flushes.size > 0) await Promise.allSettled(flushes);
    },
  };
}
