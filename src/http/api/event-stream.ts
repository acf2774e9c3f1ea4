import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { NotFound } from '../../errors.ts';
import type { Streamed } from './route.ts';

/** What is shown of something that goes on; `over` when nothing more will come of it. */
export type Seen = { shown: unknown; over: boolean };

export const eventStreamType = 'text/event-stream';

/**
 * Progress as server-sent events: `progress` with the whole state whenever it changed, and `end` with the last one, after
 * which the stream ends. Every event says everything, so that whoever comes back misses nothing and `Last-Event-ID` may
 * say what it likes.
 */
export type EventStreams = { stream(name: string, look: () => Promise<Seen>): Promise<Streamed> };

/**
 * @param isStopping ends every stream, so that the service can stop
 * @param times.every milliseconds between two looks at what somebody listens to
 * @param times.heartbeat milliseconds after which a silent line is shown to live
 */
export function createEventStreams(
  isStopping: () => boolean,
  { every, heartbeat } = { every: 1000, heartbeat: 15_000 },
): EventStreams {
  const latest = new Map<string, { at: number; seen: Promise<Seen> }>();

  /** However many listen, what they listen to is looked at once a second. */
  function lookAt(name: string, look: () => Promise<Seen>): Promise<Seen> {
    const now = performance.now();
    const known = latest.get(name);
    if (known && now - known.at < every) return known.seen;
    const seen = look();
    latest.set(name, { at: now, seen });
    return seen;
  }

  async function* events(name: string, look: () => Promise<Seen>, first: Seen): AsyncGenerator<string> {
    let seen = first;
    let told: unknown;
    let quietSince = performance.now();
    try {
      while (!isStopping()) {
        const isNews = !isDeepStrictEqual(seen.shown, told);
        if (isNews || seen.over) yield event(seen.over ? 'end' : 'progress', seen.shown);
        else if (performance.now() - quietSince >= heartbeat) yield ': still here\n\n';
        else {
          await pause(every);
          seen = await lookAt(name, look);
          continue;
        }
        if (seen.over) return;
        told = seen.shown;
        quietSince = performance.now();
      }
    } catch (failure) {
      // It was taken away meanwhile: nothing more will come of it.
      if (!(failure instanceof NotFound)) throw failure;
    } finally {
      latest.delete(name);
    }
  }

  return {
    async stream(name, look) {
      // Whatever there is not is said before the stream begins.
      const first = await look();
      const headers = { 'Cache-Control': 'no-cache, no-transform', 'X-Accel-Buffering': 'no' };
      return { headers, pieces: events(name, look, first) };
    },
  };
}

function event(kind: 'progress' | 'end', shown: unknown): string {
  return `event: ${kind}\ndata: ${JSON.stringify(shown)}\n\n`;
}
