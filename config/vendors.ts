import type { Connector } from '../src/connector.ts';
import type { Given, Problem } from './combinations.ts';
import { type Setting, settingsOf } from './setting.ts';

/** A connector with its own settings: what an environment makes one connection of. */
export type ConnectionSettings = { connector: Connector; settings: unknown };

/** What an environment says to all connectors. */
export type VendorSettings = {
  keys: readonly Setting[];
  problems: readonly Problem[];
  connections: readonly ConnectionSettings[];
  /** Those of which some key is set, without making a connection. */
  idle: readonly Connector[];
};

export function readVendors(given: Given, connectors: readonly Connector[]): VendorSettings {
  const keys: Setting[] = [];
  const problems: Problem[] = [];
  const connections: ConnectionSettings[] = [];
  const idle: Connector[] = [];
  for (const connector of connectors) {
    const own = settingsOf(connector.settings);
    keys.push(...own);
    const read = connector.settings.safeParse(Object.fromEntries(own.map(({ key }) => [key, given[key]])));
    if (!read.success) {
      for (const { path, message } of read.error.issues) {
        problems.push({ key: String(path[0] ?? connector.title), message });
      }
    } else if (connector.connects(read.data)) {
      connections.push({ connector, settings: read.data });
    } else if (own.some(({ key }) => given[key] !== undefined)) {
      idle.push(connector);
    }
  }
  return { keys, problems, connections, idle };
}
