import { doNotSurveyKey, type RecordValues } from '../../domain/record-fields.ts';
import { findConnection } from '../../store/connections.ts';
import type { Queryable } from '../../store/database.ts';

/**
 * Fields of a connection that a person must mend first, and those that its account does without: they are left out, so
 * that the others are still written.
 */
export async function blockedFields(db: Queryable, connectionId: string): Promise<ReadonlySet<string>> {
  const row = await findConnection(db, connectionId);
  const blocked = (row?.findings ?? []).filter(({ state }) => state === 'blocked').map(({ subject }) => subject);
  const absent = Object.entries(row?.fieldNames ?? {}).flatMap(([key, name]) => (name === null ? [key] : []));
  return new Set([
    ...absent,
    ...blocked.filter((subject) => subject.startsWith('field ')).map((subject) => subject.slice(6)),
  ]);
}

export function writable(values: RecordValues, blocked: ReadonlySet<string>): RecordValues {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key !== doNotSurveyKey && !blocked.has(key)));
}
