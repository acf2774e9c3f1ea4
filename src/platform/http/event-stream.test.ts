import { expect, test } from 'vitest';
import { NotFound, TooManyRequests } from '../../model/errors.ts';
import type { Caller } from './caller.ts';
import { createEventStreams, type Listener, type Seen } from './event-stream.ts';

const caller: Caller = { workspaceId: 'w', actor: 'a-key', scopes: new Set(['read']) };
const listener: Listener = { caller, visitor: { headers: {} } };
const longest = 60_000;

/** Streams to a caller who stays. */
const streamsOf = (isStopping: () => boolean, times: { every: number; heartbeat: number; longest?: number }) =>
  createEventStreams({ isStopping, identify: async () => caller }, { longest, ...times });

const running = (left: number): Seen => ({ shown: { left }, over: left === 0 });

/** Everything that a stream says until it ends, or until so many pieces. */
async function collectPieces(
  stream: ReturnType<ReturnType<typeof createEventStreams>['stream']>,
  most = 50,
): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of (await stream).pieces) {
    pieces.push(String(piece));
    if (pieces.length === most) break;
  }
  return pieces;
}

test('tells what changed, once, and ends with the last', async () => {
  const left = [3, 3, 3, 1, 1, 0];
  const { stream } = streamsOf(() => false, { every: 5, heartbeat: 10_000 });

  const pieces = await collectPieces(stream('a', listener, async () => running(left.shift() ?? 0)));

  expect(pieces).toEqual([
    'event: progress\ndata: {"left":3}\n\n',
    'event: progress\ndata: {"left":1}\n\n',
    'event: end\ndata: {"left":0}\n\n',
  ]);
});

test('shows that a silent line lives', async () => {
  const { stream } = streamsOf(() => false, { every: 5, heartbeat: 20 });

  const pieces = await collectPieces(
    stream('a', listener, async () => running(3)),
    3,
  );

  expect(pieces.slice(1)).toEqual([': still here\n\n', ': still here\n\n']);
});

test('looks once for all who listen, and no more once nobody does', async () => {
  let reads = 0;
  const { stream } = streamsOf(() => false, { every: 50, heartbeat: 200 });
  const read = async () => {
    reads += 1;
    return running(3);
  };

  const listeners = Array.from({ length: 20 }, (_, index) => ({
    ...listener,
    caller: { ...caller, actor: `key ${index}` },
  }));
  await Promise.all(listeners.map((of) => collectPieces(stream('a', of, read), 2)));

  // Each looks once to begin with; then there are at most five looks in 250 milliseconds, and those after others left.
  expect(reads).toBeLessThan(20 + 30);
  const before = reads;
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(reads).toBe(before);
});

test('ends when the service stops', async () => {
  let stopping = false;
  const { stream } = streamsOf(() => stopping, { every: 5, heartbeat: 10_000 });
  const { pieces } = await stream('a', listener, async () => running(3));
  const iterator = pieces[Symbol.asyncIterator]();
  await iterator.next();
  stopping = true;

  expect(await iterator.next()).toEqual({ done: true, value: undefined });
});

test('says beforehand what there is not, and ends when it is taken away', async () => {
  const gone = async () => {
    throw new NotFound('response');
  };
  const { stream } = streamsOf(() => false, { every: 5, heartbeat: 10_000 });
  await expect(stream('a', listener, gone)).rejects.toThrow(NotFound);

  const reads = [async () => running(3), gone];
  expect(await collectPieces(stream('b', listener, () => (reads.shift() ?? gone)()))).toEqual([
    'event: progress\ndata: {"left":3}\n\n',
  ]);
});

test('ends at once when the key, the session or the membership has ended', async () => {
  const ends: [string, Caller | undefined][] = [
    ['the key', undefined],
    ['the membership', { ...caller, workspaceId: 'another' }],
    ['the right to read', { ...caller, scopes: new Set() }],
  ];
  for (const [what, left] of ends) {
    const now = [caller, caller, left];
    const { stream } = createEventStreams(
      { isStopping: () => false, identify: async () => (now.length > 1 ? now.shift() : now[0]) },
      { every: 5, heartbeat: 10_000, longest },
    );
    let reads = 0;
    const pieces = await collectPieces(
      stream('a', listener, async () => {
        reads += 1;
        return running(100 - reads);
      }),
    );
    expect([what, pieces.length]).toEqual([what, 3]);
  }
});

test('ends after its time, whatever is left to tell', async () => {
  const { stream } = streamsOf(() => false, { every: 5, heartbeat: 10_000, longest: 50 });
  expect(await collectPieces(stream('a', listener, async () => running(3)))).toHaveLength(1);
});

test('takes ten of one caller at once, also where nobody takes a piece', async () => {
  const { stream } = streamsOf(() => false, { every: 5, heartbeat: 10_000 });
  const read = async () => running(3);
  const open = await Promise.all(Array.from({ length: 10 }, () => stream('a', listener, read)));
  await expect(stream('b', listener, read)).rejects.toThrow(TooManyRequests);
  const another: Listener = { ...listener, caller: { ...caller, actor: 'another-key' } };
  await stream('b', another, read);
  await open[0]?.pieces[Symbol.asyncIterator]().return?.(undefined);
  await stream('b', listener, read);
});
