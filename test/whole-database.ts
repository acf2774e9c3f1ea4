import { sql } from 'drizzle-orm';
import { type Queryable, rows } from '../src/store/database.ts';

/**
 * Every row of every table in every schema, the job engine's included, that holds one of these words in any column.
 *
 * @returns the table and the whole row as text
 */
export async function rowsWith(db: Queryable, words: readonly string[]): Promise<{ table: string; row: string }[]> {
  const tables = await rows<{ schema: string; name: string }>(
    db,
    sql`select schemaname as schema, tablename as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const found: { table: string; row: string }[] = [];
  for (const { schema, name } of tables) {
    const holding = await rows<{ row: string }>(
      db,
      sql`select t::text as row from ${sql.identifier(schema)}.${sql.identifier(name)} t
          where exists (select 1 from jsonb_array_elements_text(${JSON.stringify(words)}::jsonb) word
                        where position(lower(word) in lower(t::text)) > 0)`,
    );
    found.push(...holding.map(({ row }) => ({ table: `${schema}.${name}`, row })));
  }
  return found;
}
