import { type SQL, sql } from 'drizzle-orm';
import { credentialPlace } from './modules/connections/index.ts';
import { credential } from './modules/connections/tables.ts';
import { brandPlace } from './modules/surveys/index.ts';
import { brand } from './modules/surveys/tables.ts';
import { type Database, only, type Queryable, rows } from './platform/database/database.ts';
import type { Encryption } from './platform/encryption.ts';
import { idempotency } from './platform/idempotency/tables.ts';

/** Where encrypted values stand. */
type Encrypted = {
  /** Selects some that do not begin as `current` says, as `encrypted` beside what names their row; behind `after`. */
  outdated(current: SQL, after: string, limit: number): SQL;
  placeOf(row: Row): string;
  /** Puts a value in the place of the one that stands in the row, unless that is another by now. */
  replace(row: Row, encrypted: string): SQL;
};

type Row = { encrypted: string; one: string; other: string; after: string };

/** Whoever keeps more that is encrypted adds it here. */
const encryptedColumns: readonly Encrypted[] = [
  {
    outdated: (current, after, limit) =>
      sql`select encrypted, connection_id::text as one, name as other, connection_id::text || ' ' || name as after
          from ${credential} where not starts_with(encrypted, ${current}) and connection_id::text || ' ' || name > ${after}
          order by connection_id::text || ' ' || name limit ${limit}`,
    placeOf: ({ one, other }) => credentialPlace(one, other),
    replace: ({ one, other, encrypted: old }, encrypted) =>
      sql`update ${credential} set encrypted = ${encrypted}
          where connection_id = ${one}::uuid and name = ${other} and encrypted = ${old}`,
  },
  {
    outdated: (current, after, limit) =>
      sql`select encrypted_smtp_url as encrypted, workspace_id as one, key as other, id::text as after
          from ${brand} where not starts_with(encrypted_smtp_url, ${current}) and id::text > ${after}
          order by id::text limit ${limit}`,
    placeOf: ({ one, other }) => brandPlace({ workspaceId: one, key: other }),
    replace: ({ one, other, encrypted: old }, encrypted) =>
      sql`update ${brand} set encrypted_smtp_url = ${encrypted}
          where workspace_id = ${one} and key = ${other} and encrypted_smtp_url = ${old}`,
  },
];

/**
 * Encrypts what stands under an older key, or in an older form, under the first key, so that the older one can be
 * disconnected. Each row by itself, and safe beside whoever writes it at that moment. What no key of ours opens stays.
 *
 * @param limit how many rows of each table are looked at
 * @returns how many were encrypted anew
 */
export async function reencryptBatch({ db }: Database, encryption: Encryption, limit = 500): Promise<number> {
  let done = 0;
  for (const { outdated, placeOf, replace } of encryptedColumns) {
    let [left, after] = [limit, ''];
    while (left > 0) {
      const page = await rows<Row>(db, outdated(sql`${encryption.current}`, after, Math.min(left, 100)));
      for (const row of page) {
        const plain = encryption.decrypt(row.encrypted, placeOf(row));
        if (plain === undefined) continue;
        await db.execute(replace(row, encryption.encrypt(plain, placeOf(row))));
        done += 1;
      }
      after = page.at(-1)?.after ?? after;
      left = page.length === 0 ? 0 : left - page.length;
    }
  }
  return done;
}

/**
 * How many values still stand under an older key, or in an older form. Answers that are remembered for a day are among
 * them: they are not encrypted anew, but forgotten.
 */
export async function countOutdated(db: Queryable, { current }: Encryption): Promise<number> {
  const found = await rows<{ count: number }>(
    db,
    sql`select ((select count(*) from ${credential} where not starts_with(encrypted, ${current}))
              + (select count(*) from ${brand} where not starts_with(encrypted_smtp_url, ${current}))
              + (select count(*) from ${idempotency}
                 where jsonb_typeof(body) = 'string' and not starts_with(body #>> '{}', ${current})))::int as count`,
  );
  return only(found).count;
}
