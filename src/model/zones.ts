import { Temporal } from 'temporal-polyfill';
import type { DecisionNote } from './messages/decision-reason.ts';

/** A time zone by its IANA name, and whose it is. */
export type Zone = { name: string; of: 'contact' | 'account' | 'workspace' };

/**
 * The first of these zones that there is.
 *
 * @returns with notes where one was ignored or another than the contact's was assumed
 */
export function chooseZone(zones: readonly Zone[]): { zone: string; notes: readonly DecisionNote[] } {
  const first = zones.findIndex(({ name }) => isZone(name));
  const ignored = first === -1 ? zones : zones.slice(0, first);
  const { name, of } = zones[first] ?? { name: 'UTC', of: 'workspace' };
  const notes: DecisionNote[] = ignored.map((zone) => ({
    code: 'zone_ignored',
    params: { of: zone.of, zone: zone.name },
  }));
  if (of !== 'contact') notes.push({ code: 'zone_assumed', params: { of, zone: name } });
  return { zone: name, notes };
}

export function isZone(name: string): boolean {
  try {
    new Temporal.ZonedDateTime(0n, name);
    return true;
  } catch {
    return false;
  }
}
