import type { z } from 'zod';
import type { Connector } from '../src/connector.ts';
import type { SettingProblem } from '../src/model/errors.ts';
import { readFields } from '../src/model/field-problems.ts';
import { describeSettings, type Setting } from '../src/model/setting.ts';
import type { SettingsGiven } from './combinations.ts';

/** A connector with its own settings. */
export type ConnectorSettings = { connector: Connector; settings: unknown };

/** What an environment says to all connectors. */
export type VendorSettings = {
  keys: readonly Setting[];
  problems: readonly SettingProblem[];
  /** Every connector whose settings could be read. */
  all: readonly ConnectorSettings[];
  /** Those whose settings make a connection. */
  connections: readonly ConnectorSettings[];
  /** Those of which some key is set, without making a connection. */
  idle: readonly Connector[];
};

export function readVendors(given: SettingsGiven, connectors: readonly Connector[]): VendorSettings {
  const keys: Setting[] = [];
  const problems: SettingProblem[] = [];
  const all: ConnectorSettings[] = [];
  const idle: Connector[] = [];
  for (const connector of connectors) {
    const own = describeSettings(connector.settings);
    keys.push(...own);
    const said = Object.fromEntries(own.map(({ key }) => [key, given[key]]));
    const read = readFields(connector.settings as z.ZodType, said, ([key = connector.title]) => String(key));
    if (read.problems) {
      problems.push(...read.problems.map(({ field: setting, message }) => ({ setting, message })));
    } else {
      all.push({ connector, settings: read.data });
      const isNamed = own.some(({ key }) => given[key] !== undefined);
      if (isNamed && !connector.connects(read.data)) idle.push(connector);
    }
  }
  const connections = all.filter(({ connector, settings }) => connector.connects(settings));
  return { keys, problems, all, connections, idle };
}
