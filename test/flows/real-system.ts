import { createServer, type Server } from 'node:http';
import { onTestFinished } from 'vitest';
import type { Connector, Simulator } from '../../src/connector.ts';
import { updateConnection } from '../../src/modules/connections/queries/connections.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { listening } from '../contract/simulated.ts';
import { createWorld, type World } from './world.ts';

/** A connector on its simulator, connected in a world. */
export type RealSystem<Simulated extends Simulator = Simulator> = {
  connector: string;
  simulator: Simulated;
  connectionId: string;
};

/**
 * The usual world, and beside its vendor a system of this kind: the connector on its simulator, over real HTTP, by the
 * clock of the world. No webhook arrives. It ends with the test.
 */
export async function besideSimulator<Simulated extends Simulator>(
  database: Database,
  connector: Connector,
): Promise<{ world: World } & RealSystem<Simulated>> {
  const { world, systems } = await besideSimulators(database, [connector]);
  const [system] = systems;
  if (!system) throw new Error(`${connector.title} is not connected`);
  return { world, ...(system as RealSystem<Simulated>) };
}

/** The same beside several systems, in the order of their connectors. */
export async function besideSimulators(
  database: Database,
  connectors: readonly Connector[],
  options: { longestCall?: number } = {},
): Promise<{ world: World; systems: readonly RealSystem[] }> {
  const simulators: Simulator[] = [];
  const servers: Server[] = [];
  const world = await createWorld(database, {
    ...options,
    systems: (clock) =>
      Promise.all(
        connectors.map(async (connector, index) => {
          const simulate = await connector.simulate?.();
          if (!simulate) throw new Error(`${connector.title} has no simulator`);
          const { server, address } = await listening(createServer());
          servers.push(server);
          const simulator = simulate({ clock, baseUrl: address, webhookUrl: `${address}/nowhere` });
          simulators[index] = simulator;
          simulator.disturb({ kind: 'mute' });
          server.on('request', simulator.handler);
          return { connector, settings: connector.settings.parse(simulator.environment), origin: 'environment' };
        }),
      ),
  });
  const systems = connectors.map((connector, index) => {
    const live = world.context.connections.all().find((one) => one.connector === connector);
    const simulator = simulators[index];
    if (!live || !simulator) throw new Error(`${connector.title} is not connected`);
    return { connector: connector.name, simulator, connectionId: live.id };
  });
  onTestFinished(async () => {
    // An account is connected once in a database, and every simulator has the same one.
    for (const { connectionId } of systems)
      await updateConnection(database.db, connectionId, { status: 'disconnected' });
    for (const simulator of simulators) await simulator.stop();
    for (const server of servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
  return { world, systems };
}
