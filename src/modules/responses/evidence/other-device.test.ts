import { expect, test } from 'vitest';
import { isOtherDevice } from './other-device.ts';
import type { Trace } from './trace.ts';

const at = new Date('2026-03-20T12:00:00Z');
const trace = (of: Partial<Trace>): Trace => ({
  ...{ id: 1, kind: 'submit', rating: 9, visitor: null, network: null, scanner: null, page: null, at },
  ...of,
});

test.each<[string, Partial<Trace>, { visitor: string | null; network: string | null }, boolean]>([
  ['the same browser', { visitor: 'a', network: '1' }, { visitor: 'a', network: '2' }, false],
  ['another browser in the same network', { visitor: 'a', network: '1' }, { visitor: 'b', network: '1' }, true],
  ['no cookie, from the same network', { visitor: 'a', network: '1' }, { visitor: null, network: '1' }, false],
  ['no cookie, from another network', { visitor: 'a', network: '1' }, { visitor: null, network: '2' }, true],
  ['a first cookie in the same network', { visitor: null, network: '1' }, { visitor: 'b', network: '1' }, false],
  ['a first cookie in another network', { visitor: null, network: '1' }, { visitor: 'b', network: '2' }, true],
  ['nothing known of either', {}, { visitor: null, network: null }, false],
])('%s', (_, answered, client, isOther) => {
  expect(isOtherDevice(client, [trace(answered)])).toBe(isOther);
});

test('who sent first is who answered, whatever another device has sent since', () => {
  const traces = [trace({ visitor: 'a' }), trace({ id: 2, visitor: 'b', rating: 0 })];
  expect(isOtherDevice({ visitor: 'b', network: null }, traces)).toBe(true);
  expect(isOtherDevice({ visitor: 'a', network: null }, traces)).toBe(false);
});

test('before anything was answered nobody is another', () => {
  expect(isOtherDevice({ visitor: 'b', network: '2' }, [trace({ kind: 'open', visitor: 'a' })])).toBe(false);
});
