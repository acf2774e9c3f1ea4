import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { type SQL, sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** What queries run on: the database itself, or a transaction of it. */
export type Queryable = PgDatabase<PgQueryResultHKT>;

/** One PostgreSQL, embedded or served; the same schema, SQL and migrations on both. */
export type Database = {
  kind: 'embedded' | 'postgresql';
  /** For single statements outside any transaction. */
  readonly db: Queryable;
  /** For reports, which may be some seconds old: a read replica where there is one. */
  readonly reading: Queryable;
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /** Does this once the transaction that it is called in has committed, and at once outside of one. */
  afterCommit(work: () => void): void;
  /** What the job engine connects through. */
  engine: { embedded: PGlite } | { url: string };
  /** How many writes are worth having under way at once. */
  writers: number;
  stop(): Promise<void>;
};

export const migrationsFolder = join(import.meta.dirname, 'migrations');

/** The part of a drizzle database that does not differ between the drivers. */
type Driver = Queryable & { transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> };

/**
 * Guards against the one mistake that a transaction invites: using the database beside it. Embedded, that would wait
 * for ever for the only connection; on a server it would silently happen outside the transaction.
 */
export function guarded(
  driver: Driver,
  rest: Omit<Database, 'db' | 'reading' | 'transaction' | 'afterCommit'> & { reading?: Queryable },
): Database {
  const inside = new AsyncLocalStorage<{ open: boolean; afterwards: (() => void)[] }>();
  function verifyOutside(): void {
    if (inside.getStore()?.open) throw new Error('inside a transaction only its own handle may be used');
  }
  return {
    ...rest,
    get db() {
      verifyOutside();
      return driver;
    },
    get reading() {
      verifyOutside();
      return rest.reading ?? driver;
    },
    async transaction(work) {
      verifyOutside();
      // What a transaction leaves behind, such as a timer, outlives it and may use the database again.
      const transaction = { open: true, afterwards: [] as (() => void)[] };
      try {
        const result = await driver.transaction((tx) => inside.run(transaction, () => work(tx)));
        for (const after of transaction.afterwards) after();
        return result;
      } finally {
        transaction.open = false;
      }
    },
    afterCommit(work) {
      const transaction = inside.getStore();
      if (transaction?.open) transaction.afterwards.push(work);
      else work();
    },
  };
}

/** The rows of a statement written by hand. Keep to types that both drivers return alike (no bigint, no raw time). */
export async function rows<Row extends Record<string, unknown>>(db: Queryable, statement: SQL): Promise<Row[]> {
  const result = (await db.execute(statement)) as unknown as { rows: Row[] };
  return result.rows;
}

/** The one row that a statement must have returned. */
export function only<Row>(found: readonly Row[]): Row {
  const [row] = found;
  if (row === undefined) throw new Error('a statement that must return a row returned none');
  return row;
}

/** Whether somebody else was first with what there can be one of only. */
export function isUniqueViolation(failure: unknown): boolean {
  const { cause } = failure as { cause?: { code?: unknown } };
  return cause?.code === '23505';
}

/** Whether the database can be asked anything at all. */
export async function answers(db: Queryable): Promise<boolean> {
  return db.execute(sql`select 1`).then(
    () => true,
    () => false,
  );
}
