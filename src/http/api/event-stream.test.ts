import { expect, test } from 'vitest';
import { NotFound } from '../../errors.ts';
import { createEventStreams, type Seen } from './event-stream.ts';

const running = (left: number): Seen => ({ shown: { left }, over: left === 0 });

/** Everything that a stream says until it ends, or until so many pieces. */
async function hear(stream: ReturnType<ReturnType<typeof createEventStreams>['stream']>, most = 50): Promise<string[]> {
  const heard: string[] = [];
  for await (const piece of (await stream).pieces) {
    heard.push(String(piece));
    if (heard.length === most) break;
  }
  return heard;
}

test('tells what changed, once, and ends with the last', async () => {
  const left = [3, 3, 3, 1, 1, 0];
  const { stream } = createEventStreams(() => false, { every: 5, heartbeat: 10_000 });

  const heard = await hear(stream('a', async () => running(left.shift() ?? 0)));

  expect(heard).toEqual([
    'event: progress\ndata: {"left":3}\n\n',
    'event: progress\ndata: {"left":1}\n\n',
    'event: end\ndata: {"left":0}\n\n',
  ]);
});

test('shows that a silent line lives', async () => {
  const { stream } = createEventStreams(() => false, { every: 5, heartbeat: 20 });

  const heard = await hear(
    stream('a', async () => running(3)),
    3,
  );

  expect(heard.slice(1)).toEqual([': still here\n\n', ': still here\n\n']);
});

test('looks once for all who listen, and no more once nobody does', async () => {
  let looks = 0;
  const { stream } = createEventStreams(() => false, { every: 50, heartbeat: 200 });
  const look = async () => {
    looks += 1;
    return running(3);
  };

  await Promise.all(Array.from({ length: 20 }, () => hear(stream('a', look), 2)));

  // Each looks once to begin with; then there are at most five looks in 250 milliseconds, and those after others left.
  expect(looks).toBeLessThan(20 + 30);
  const before = looks;
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(looks).toBe(before);
});

test('ends when the service stops', async () => {
  let stopping = false;
  const { stream } = createEventStreams(() => stopping, { every: 5, heartbeat: 10_000 });
  const { pieces } = await stream('a', async () => running(3));
  const iterator = pieces[Symbol.asyncIterator]();
  await iterator.next();
  stopping = true;

  expect(await iterator.next()).toEqual({ done: true, value: undefined });
});

test('says beforehand what there is not, and ends when it is taken away', async () => {
  const gone = async () => {
    throw new NotFound('there is no such thing');
  };
  const { stream } = createEventStreams(() => false, { every: 5, heartbeat: 10_000 });
  await expect(stream('a', gone)).rejects.toThrow(NotFound);

  const looks = [async () => running(3), gone];
  expect(await hear(stream('b', () => (looks.shift() ?? gone)()))).toEqual(['event: progress\ndata: {"left":3}\n\n']);
});
