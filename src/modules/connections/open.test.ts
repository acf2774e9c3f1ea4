import { expect, test, vi } from 'vitest';
import type { Context } from '../../context.ts';
import { createLiveConnections } from './context.ts';
import { openRow } from './open.ts';
import type { ConnectionRow } from './queries/connections.ts';

const row = { id: 'connection-1', connector: 'acme', origin: 'environment' } as ConnectionRow;

/** A service whose settings make no connections. */
function createService() {
  const warn = vi.fn();
  const context = { sources: [], connections: createLiveConnections(), log: { warn } } as unknown as Context;
  return { open: () => openRow(context, row), warn };
}

test('says once that a connection lost its settings, however often the sweep finds it', async () => {
  const { open, warn } = createService();

  expect([await open(), await open()]).toEqual([undefined, undefined]);
  expect(warn.mock.calls).toEqual([
    [expect.objectContaining({ code: 'connection.settings_lost', connection: row.id }), expect.any(String)],
  ]);
});

test('says it in each of two services that share a process', async () => {
  const [one, other] = [createService(), createService()];
  await one.open();
  await other.open();

  expect(other.warn).toHaveBeenCalledTimes(1);
});
