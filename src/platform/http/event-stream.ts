import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { NotFound, TooManyRequests } from '../../model/errors.ts';
import { minuteMs } from '../../model/time-units.ts';
import type { Caller, Identification } from './caller.ts';
import type { RouteInput, Streamed } from './route.ts';

/** What is shown of something that goes on; `over` when nothing more will come of it. */
export type Seen = { shown: unknown; over: boolean };

export const eventStreamType = 'text/event-stream';

/**
 * Progress as server-sent events: `progress` with the whole state whenever it changed, and `end` with the last one, after
 * which the stream ends. Every event says everything, so that whoever comes back misses nothing and `Last-Event-ID` may
 * say what it likes.
 */
export type EventStreams = {
  /**
   * @param name the same for all who listen to the same
   * @throws TooManyRequests when the caller listens to as many already as they may
   */
  stream(name: string, listener: Listener, read: () => Promise<Seen>): Promise<Streamed>;
};

/** Who listens. */
export type Listener = { caller: Caller; visitor: Pick<RouteInput['visitor'], 'headers'> };

/** How many streams one key or one session may have open. */
const mostOfCaller = 10;

/** Milliseconds. */
type Times = {
  /** Between two looks at what somebody listens to, and at whether they still may. */
  every: number;
  /** After which a silent line is shown to live. */
  heartbeat: number;
  /** After which a stream ends, whatever is left to tell: whoever goes on listening connects again. */
  longest: number;
};

/**
 * @param options.isStopping ends every stream, so that the service can stop
 * @param options.identify whose headers these are now
 */
export function createEventStreams(
  { isStopping, identify }: { isStopping: () => boolean; identify: Identification['identify'] },
  { every, heartbeat, longest }: Times = { every: 1000, heartbeat: 15_000, longest: 10 * minuteMs },
): EventStreams {
  const seenLately = remembering<Seen>(every);
  const callersLately = remembering<Caller | undefined>(every);
  const open = new Map<string, number>();

  /** What the key, the session or the membership opened when the stream began may have ended since. */
  async function isStill({ caller, visitor }: Listener): Promise<boolean> {
    const now = await callersLately.of(bucketOf(caller), () => identify(visitor.headers));
    return now !== undefined && now.workspaceId === caller.workspaceId && now.scopes.has('read');
  }

  async function* events(
    name: string,
    { listener, read, first }: { listener: Listener; read: () => Promise<Seen>; first: Seen },
  ): AsyncGenerator<string> {
    const began = performance.now();
    let seen = first;
    let told: unknown;
    let quietSince = began;
    try {
      while (!isStopping() && performance.now() - began < longest) {
        const isNews = !isDeepStrictEqual(seen.shown, told);
        if (isNews || seen.over) yield event(seen.over ? 'end' : 'progress', seen.shown);
        else if (performance.now() - quietSince >= heartbeat) yield ': still here\n\n';
        else {
          await pause(every);
          if (!(await isStill(listener))) return;
          seen = await seenLately.of(name, read);
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
      seenLately.forget(name);
      callersLately.forget(bucketOf(listener.caller));
      leave(listener.caller);
    }
  }

  function enter(caller: Caller): void {
    const name = bucketOf(caller);
    const count = open.get(name) ?? 0;
    if (count >= mostOfCaller) throw new TooManyRequests(minuteMs);
    open.set(name, count + 1);
  }

  function leave(caller: Caller): void {
    const name = bucketOf(caller);
    const count = (open.get(name) ?? 1) - 1;
    if (count > 0) open.set(name, count);
    else open.delete(name);
  }

  return {
    async stream(name, listener, read) {
      // Whatever there is not is said before the stream begins.
      const first = await read();
      enter(listener.caller);
      const begun = events(name, { listener, read, first });
      const headers = { 'Cache-Control': 'no-store, no-transform', 'X-Accel-Buffering': 'no' };
      return { headers, pieces: await started(begun) };
    },
  };
}

/** What a session or a key counts under. */
function bucketOf({ actor, user }: Caller): string {
  return user?.sessionId ?? actor;
}

/** Lets a generator run up to its first piece: one that never ran would not tidy up when nobody takes a piece. */
async function started<Piece>(generator: AsyncGenerator<Piece>): Promise<AsyncIterable<Piece>> {
  let waiting: IteratorResult<Piece> | undefined = await generator.next();
  const iterator: AsyncIterator<Piece> = {
    next: async () => {
      const piece = waiting ?? (await generator.next());
      waiting = undefined;
      return piece;
    },
    return: () => generator.return(undefined),
    throw: (failure) => generator.throw(failure),
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

/** Asks once in so many milliseconds, however many want to know. */
function remembering<Value>(every: number) {
  const latest = new Map<string, { at: number; value: Promise<Value> }>();
  return {
    of(name: string, ask: () => Promise<Value>): Promise<Value> {
      const now = performance.now();
      const known = latest.get(name);
      if (known && now - known.at < every) return known.value;
      const value = ask();
      latest.set(name, { at: now, value });
      return value;
    },
    forget: (name: string) => latest.delete(name),
  };
}

function event(kind: 'progress' | 'end', shown: unknown): string {
  return `event: ${kind}\ndata: ${JSON.stringify(shown)}\n\n`;
}
