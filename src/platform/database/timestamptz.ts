import { timestamp } from 'drizzle-orm/pg-core';

/** A point in time, to the millisecond that JavaScript knows. */
export const timestamptz = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
