import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import type { Connector, Simulator } from '../../src/connector.ts';
import { updateConnection } from '../../src/store/connections.ts';
import type { Database } from '../../src/store/database.ts';
import { listening } from '../contract/simulated.ts';
import { createWorld, type World } from './world.ts';

/**
 * The usual world, and beside its vendor a system of this kind: the connector on its simulator, over real HTTP, by the
 * clock of the world. No webhook arrives. It ends with the test.
 */
export async function besideSimulator<Simulated extends Simulator>(
  database: Database,
  connector: Connector,
): Promise<{ world: World; simulator: Simulated; connectionId: string }> {
  const { server, address } = await listening(createServer());
  const simulate = await connector.simulate?.();
  let simulator: Simulator | undefined;
  const world = await createWorld(database, {
    async systems(clock) {
      simulator = simulate?.({ clock, baseUrl: address, webhookUrl: `${address}/nowhere` });
      if (!simulator) throw new Error(`${connector.title} has no simulator`);
      simulator.disturb({ kind: 'mute' });
      server.on('request', simulator.handler);
      return [{ connector, settings: connector.settings.parse(simulator.environment), origin: 'environment' }];
    },
  });
  const live = world.context.connections.all().find((one) => one.connector === connector);
  onTestFinished(async () => {
    // An account is connected once in a database, and every simulator has the same one.
    if (live) await updateConnection(database.db, live.id, { status: 'retired' });
    await simulator?.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  if (!simulator || !live) throw new Error(`${connector.title} is not connected`);
  return { world, simulator: simulator as Simulated, connectionId: live.id };
}
