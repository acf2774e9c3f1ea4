import { openAsBlob } from 'node:fs';
import { drizzle } from 'drizzle-orm/pglite';
import { inject } from 'vitest';
import { type Database, guarded } from '../src/platform/database/database.ts';
import { openInMemory } from '../src/platform/database/embedded.ts';
import { prepareRepeated } from './prepared-statements.ts';

type PGlite = Extract<Database['engine'], { embedded: unknown }>['embedded'];
type Transaction = Parameters<Parameters<PGlite['transaction']>[0]>[0];

/** An embedded database with what tells a changed schema or session from the one it started with. */
type Pooled = { client: PGlite; untouched: string };

/** Emptied again; the next test takes one. Each holds some hundred megabytes. */
const idle: Pooled[] = [];
const mostIdle = 2;

/**
 * An embedded database without rows, for as long as it is not stopped: loading a new one takes half a second of
 * processor time, emptying a used one some milliseconds. After `stop` every query through it is refused, also those of
 * a transaction that is under way, so that what outlives its test does not write into the next one's rows.
 *
 * @param onStray called with each statement that came after the stop, besides being refused
 */
export async function openPooled(onStray: (statement: string) => void): Promise<Database> {
  const pooled = idle.pop() ?? (await load());
  let stopped: Promise<void> | undefined;
  const unlisten: (() => Promise<void>)[] = [];
  function refuseAfterStop(statement: string): void {
    if (!stopped) return;
    onStray(statement);
    throw new Error(`this database was stopped; it was asked: ${statement}`);
  }
  const client = leased(pooled.client, refuseAfterStop, unlisten);
  return guarded(drizzle({ client }), {
    kind: 'embedded',
    engine: { embedded: client },
    writers: 1,
    async stop() {
      stopped ??= giveBack(pooled, unlisten);
      await stopped;
    },
  });
}

async function load(): Promise<Pooled> {
  const { engine } = await openInMemory(await openAsBlob(inject('snapshot')));
  if (!('embedded' in engine)) throw new Error('a database in memory is embedded');
  const client = engine.embedded;
  const filled = await filledTables(client);
  if (filled.length > 0) throw new Error(`migrations fill ${filled.join(', ')}: emptying must put these rows back`);
  prepareRepeated(client);
  return { client, untouched: await describeCatalog(client) };
}

/** What the service uses of a PGlite, refused once the lease is over. */
function leased(client: PGlite, verify: (statement: string) => void, unlisten: (() => Promise<void>)[]): PGlite {
  function verified<Call extends [string, ...unknown[]], Result>(run: (...call: Call) => Promise<Result>) {
    return async (...call: Call) => {
      verify(call[0]);
      return run(...call);
    };
  }
  const lease: Pick<PGlite, 'query' | 'exec' | 'transaction' | 'listen'> = {
    query: verified(client.query.bind(client)) as PGlite['query'],
    exec: verified(client.exec.bind(client)),
    async transaction(work) {
      verify('begin');
      return client.transaction(async (tx) => {
        const query = verified(tx.query.bind(tx)) as Transaction['query'];
        return work(Object.assign(Object.create(tx), { query, exec: verified(tx.exec.bind(tx)) }) as Transaction);
      });
    },
    async listen(channel, listen, tx) {
      verify(`listen ${channel}`);
      const end = await client.listen(channel, listen, tx);
      unlisten.push(() => end());
      return end;
    },
  };
  return lease as PGlite;
}

/** Empties it for the next test; one whose schema or session is no longer as it was is thrown away. */
async function giveBack(pooled: Pooled, unlisten: (() => Promise<void>)[]): Promise<void> {
  const { client, untouched } = pooled;
  for (const end of unlisten) await end();
  await client.exec(emptied);
  const asBefore = idle.length < mostIdle && (await describeCatalog(client)) === untouched;
  if (asBefore) idle.push(pooled);
  else await client.close();
}

const ours = "n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'drizzle')";

/** Truncated rather than deleted: rows then come in the order in which they were put in, as in a new database. */
const emptied = `
rollback;
drop schema if exists pgboss cascade;
do $$
declare
  part record;
  filled boolean;
  names text[] := '{}';
begin
  for part in
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and ${ours}
  loop
    execute format('select exists (select from %s)', part.name) into filled;
    if filled then names := names || part.name; end if;
  end loop;
  if cardinality(names) > 0 then execute format('truncate %s cascade', array_to_string(names, ', ')); end if;
  for part in
    select format('%I.%I', schemaname, sequencename) as name, start_value from pg_sequences
    where last_value is not null and schemaname <> 'drizzle'
  loop
    perform setval(part.name, part.start_value, false);
  end loop;
end $$;
`;

async function filledTables(client: PGlite): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and ${ours}`,
  );
  const found = rows.map(({ name }) => `select '${name}' as name where exists (select from ${name})`);
  return (await client.query<{ name: string }>(found.join(' union all '))).rows.map(({ name }) => name);
}

/** Tables, columns, constraints, triggers, functions, statistics of an `analyze`, and settings of the session. */
async function describeCatalog(client: PGlite): Promise<string> {
  const { rows } = await client.query<{ catalog: string }>(`select concat_ws(' ',
    (select md5(string_agg(concat(oid, relname, relnatts), ',' order by oid)) from pg_class where oid >= 16384),
    (select md5(string_agg(concat(attrelid, attname, atttypid, attnotnull), ',' order by attrelid, attnum))
     from pg_attribute where attrelid >= 16384),
    (select md5(string_agg(oid::text, ',' order by oid)) from pg_constraint where oid >= 16384),
    (select md5(string_agg(concat(oid, tgenabled), ',' order by oid)) from pg_trigger where oid >= 16384),
    (select md5(string_agg(oid::text, ',' order by oid)) from pg_proc where oid >= 16384),
    (select count(*) from pg_statistic where starelid >= 16384),
    (select md5(string_agg(concat(name, setting), ',' order by name)) from pg_settings where source = 'session')
  ) as catalog`);
  return rows[0]?.catalog ?? '';
}
