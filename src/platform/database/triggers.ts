import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { only, type Queryable, rows } from './database.ts';

/**
 * Makes the triggers of `triggers.sql`, after the migrations. The generator of migrations knows no triggers; they are no
 * state either, and can always be made again. Does nothing where they are those of this version: making one waits for
 * whoever writes its table.
 */
export async function ensureTriggers(db: Queryable): Promise<void> {
  const text = readFileSync(join(import.meta.dirname, 'triggers.sql'), 'utf8');
  const version = createHash('sha256').update(text).digest('hex');
  const found = await rows<{ version: string | null }>(
    db,
    sql`select obj_description(to_regproc('mark_stale_responses'), 'pg_proc') as version`,
  );
  if (only(found).version === version) return;
  for (const statement of text.split('--> statement-breakpoint')) await db.execute(sql.raw(statement));
  // Last, so that after an interrupted start the next one makes all of them.
  await db.execute(sql.raw(`comment on function mark_stale_responses() is '${version}'`));
}
