import { eq, gte, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** `column = value`; nothing when no value is wished for. */
export function equals<Column extends PgColumn>(column: Column, value: Column['_']['data'] | undefined): SQL[] {
  return value === undefined ? [] : [eq(column, value)];
}

/** From a moment on, and before another. */
export function within(column: PgColumn, { from, until }: { from?: Date; until?: Date }): SQL[] {
  return [...(from ? [gte(column, from)] : []), ...(until ? [lt(column, until)] : [])];
}

/** Whether a timestamp has passed or was never set, such as the end of a claim. */
export function isOver(column: PgColumn, now: Date): SQL | undefined {
  return or(isNull(column), lte(column, now));
}

/** Whether a text holds another, whatever its case. */
export function contains(column: PgColumn, text: string | undefined): SQL[] {
  if (text === undefined) return [];
  return [sql`${column} ilike ${`%${text.replaceAll(/[\\%_]/gu, (sign) => `\\${sign}`)}%`}`];
}

/** Whether something is there, or is not. */
export function present(column: PgColumn | SQL, requested: boolean | undefined): SQL[] {
  if (requested === undefined) return [];
  return [requested ? sql`${column} is not null` : sql`${column} is null`];
}
