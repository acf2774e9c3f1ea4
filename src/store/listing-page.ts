import { eq, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { connection, contactEmail, ticket } from './tables/index.ts';

/** A page of a list, newest first: what stands before `before` in the list's order. */
export type Page = { limit: number; before?: { at: Date; id: string } };

export type Filter = { ticket?: string; email?: string; connection?: string };

/** Newest first, by time and then by id, so that a page ends at a place that stays where it is. */
export function beforePage(at: PgColumn, id: PgColumn, { before }: Page): SQL[] {
  if (!before) return [];
  return [sql`(${at}, ${id}::text) < (${before.at.toISOString()}::timestamptz, ${before.id})`];
}

export function ofTicket(filter: Filter): SQL[] {
  return filter.ticket === undefined ? [] : [eq(ticket.externalId, filter.ticket)];
}

export function ofPerson(column: PgColumn, filter: Filter): SQL[] {
  if (filter.email === undefined) return [];
  return [sql`${column} in (select contact_id from ${contactEmail} where address = ${filter.email})`];
}

export const ofConnection = (filter: Filter) =>
  filter.connection === undefined ? [] : [eq(connection.id, filter.connection)];
