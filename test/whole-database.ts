import type { Queryable } from '../src/platform/database/database.ts';

/**
 * Every row of every table in every schema, the job engine's included, that holds one of these words in any column.
 *
 * @returns the table and the whole row as text
 */
export async function rowsWith(db: Queryable, words: readonly string[]): Promise<{ table: string; row: string }[]> {
  const tables = await told<{ table: string }>(
    db,
    `select format('%I.%I', schemaname, tablename) as "table" from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const sought = words.map((word) => `'${word.toLowerCase().replaceAll("'", "''")}'`).join(', ');
  const found: { table: string; row: string }[] = [];
  for (const { table } of tables) {
    const holding = await told<{ row: string }>(
      db,
      `select t::text as row from ${table} t
       where exists (select 1 from unnest(array[${sought}]) word where position(word in lower(t::text)) > 0)`,
    );
    found.push(...holding.map(({ row }) => ({ table, row })));
  }
  return found;
}

async function told<Row>(db: Queryable, statement: string): Promise<Row[]> {
  return ((await db.execute(statement)) as unknown as { rows: Row[] }).rows;
}
