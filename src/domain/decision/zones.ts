import { Temporal } from 'temporal-polyfill';

/** A time zone by its IANA name, and whose it is. */
export type Zone = { name: string; of: 'person' | 'account' | 'workspace' };

const owners: Record<Zone['of'], string> = {
  person: 'on their record',
  account: 'of the connected account',
  workspace: 'of this workspace',
};

/**
 * The first of these zones that there is.
 *
 * @returns with notes, a sentence each, where one was ignored or another than the person's was assumed
 */
export function chooseZone(zones: readonly Zone[]): { zone: string; notes: readonly string[] } {
  const first = zones.findIndex(({ name }) => isZone(name));
  const ignored = first === -1 ? zones : zones.slice(0, first);
  const { name, of } = zones[first] ?? { name: 'UTC', of: 'workspace' };
  const notes = ignored.map(
    (zone) => `The time zone ${owners[zone.of]}, "${zone.name}", is none that is known, so it was ignored.`,
  );
  if (of !== 'person') notes.push(`Where they live is not known: the time zone ${owners[of]}, ${name}, was assumed.`);
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
