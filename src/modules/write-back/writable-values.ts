import { doNotSurveyKey, type RecordValues, recordFields } from '../../model/crm-field-definitions.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { withOffset } from '../../platform/period.ts';
import { findConnection, missingFields } from '../connections/index.ts';

/**
 * Fields that are not on the records of this connection or do not fit, and those that its account does without: they are
 * left out of writes, so that the others are still written.
 */
export async function findUnwritableFields(db: Queryable, connectionId: string): Promise<ReadonlySet<string>> {
  const row = await findConnection(db, connectionId);
  const absent = Object.entries(row?.fieldNames ?? {}).flatMap(([key, name]) => (name === null ? [key] : []));
  return new Set([...absent, ...missingFields(row?.findings ?? [])]);
}

/** What may be written of these values, with instants as clocks show them in the workspace's time zone. */
export function pickWritable(
  values: RecordValues,
  { blocked, timeZone }: { blocked: ReadonlySet<string>; timeZone: string },
): RecordValues {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => key !== doNotSurveyKey && !blocked.has(key))
      .map(([key, value]) => [
        key,
        instants.has(key) && typeof value === 'string' ? withOffset(new Date(value), timeZone) : value,
      ]),
  );
}

const instants = new Set(recordFields.flatMap(({ key, type }) => (type === 'timestamp' ? [key] : [])));
