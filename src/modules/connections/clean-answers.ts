import type { Connection } from '../../connector.ts';
import { storable } from '../../platform/database/storable.ts';

/** The capabilities whose answers are a vendor's own words. */
const answering = ['tickets', 'contacts', 'provisioning', 'audience'] as const;

/**
 * The same connection, of which every answer holds only text that can be stored. Called once, where a connection is
 * opened: no connector and no query has to think of the characters that a database refuses, whatever field a vendor
 * sends them in.
 */
export function withCleanAnswers(connection: Connection): Connection {
  const cleaned = Object.fromEntries(
    answering.flatMap((name) => {
      const capability = connection[name];
      return capability === undefined ? [] : [[name, cleanMethods(capability)]];
    }),
  );
  return { ...connection, ...cleaned };
}

function cleanMethods(capability: object): object {
  return Object.fromEntries(
    Object.entries(capability).map(([name, member]) => [
      name,
      typeof member === 'function'
        ? async (...given: unknown[]) => clean(await member.apply(capability, given))
        : member,
    ]),
  );
}

/** Dates and the like are left as they are. */
function clean<Value>(value: Value): Value {
  if (typeof value === 'string') return storable(value) as Value & string;
  if (Array.isArray(value)) return value.map(clean) as Value;
  if (value instanceof Map) return new Map([...value].map(([key, one]) => [clean(key), clean(one)])) as Value;
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [storable(key), clean(one)])) as Value;
}
