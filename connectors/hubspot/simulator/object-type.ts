import { z } from 'zod';
import type { ChangeSource, CrmRecord, ObjectName } from './records.ts';

/** Values as a caller may write them. `null` is refused: an empty string clears. */
export const PropertyInputs = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** One kind of record, with what HubSpot itself knows and keeps in order about it. */
export type ObjectType = {
  object: ObjectName;
  /** As it stands in error messages. */
  label: string;
  /** Properties that come along whichever were asked for. */
  alwaysShown: readonly string[];
  /** Properties that come when none were asked for. */
  shownByDefault: readonly string[];
  /** By its id, or by that of a record that went up in it. */
  find(id: string): CrmRecord | undefined;
  /** By its own id alone. */
  findByOwnId(id: string): CrmRecord | undefined;
  /** Absent where records cannot be found by email. */
  findByEmail?(email: string): CrmRecord | undefined;
  create(values: ReadonlyMap<string, string>, source: ChangeSource): CrmRecord;
  update(id: string, values: ReadonlyMap<string, string>, source: ChangeSource): CrmRecord;
};

/** HubSpot's numbers for its own object types, by which paths and events may name them too. */
export const objectTypeIds: Readonly<Record<ObjectName, string>> = { contacts: '0-1', tickets: '0-5' };

/** The type that a path names: in words or by its number. */
export function objectNamed(name: string): ObjectName | undefined {
  if (name === 'contacts' || name === objectTypeIds.contacts) return 'contacts';
  if (name === 'tickets' || name === objectTypeIds.tickets) return 'tickets';
  return undefined;
}

/** A record as HubSpot shows it; properties that are asked for and not defined are left out without a word. */
export function present(
  type: ObjectType,
  { id, properties, createdAt, updatedAt, stages = [] }: CrmRecord,
  requested: readonly string[],
  defined: { has(name: string): boolean },
  withHistory: readonly string[] = [],
) {
  const names = requested.length > 0 ? [...type.alwaysShown, ...requested] : type.shownByDefault;
  const shown = names.filter((name) => defined.has(name)).map((name) => [name, properties.get(name) ?? null]);
  return {
    id,
    properties: Object.fromEntries(shown),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    archived: false,
    // No other history is kept here.
    ...(withHistory.includes('hs_pipeline_stage') ? { propertiesWithHistory: { hs_pipeline_stage: stages } } : {}),
  };
}
