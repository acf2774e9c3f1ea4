import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { ensureWorkspace } from '../src/modules/accounts/queries/workspaces.ts';
import { type Database, rows } from '../src/platform/database/database.ts';
import { createJobs } from '../src/platform/jobs/jobs.ts';
import { listWorkspaces } from '../src/platform/workspaces/queries.ts';
import { describeEmbedded } from './databases.ts';
import { openPooled } from './embedded-pool.ts';
import { now } from './stored.ts';

describeEmbedded('the databases that tests share', () => {
  const strays: string[] = [];
  async function open(): Promise<Database> {
    const database = await openPooled((statement) => strays.push(statement));
    onTestFinished(() => database.stop());
    return database;
  }
  const select = (database: Database, statement: string) => rows(database.db, sql.raw(statement));

  test('a used database is empty again for the next test, and its sequences start at 1', async () => {
    const used = await open();
    await ensureWorkspace(used.db, 'left-over', now);
    await select(used, "insert into received_event (events, received_at) values ('[]', now())");
    await used.stop();
    const next = await open();

    expect(await listWorkspaces(next.db)).toEqual([]);
    expect(
      await select(next, "insert into received_event (events, received_at) values ('[]', now()) returning id::int"),
    ).toEqual([{ id: 1 }]);
  });

  test('the job engine leaves nothing to the next test', async () => {
    const used = await open();
    const jobs = await createJobs(used, pino({ level: 'silent' }));
    await jobs.wake('dispatch', 'left-over');
    await jobs.stop(1000);
    await used.stop();

    expect(await select(await open(), "select 1 from pg_namespace where nspname = 'pgboss'")).toEqual([]);
  });

  test('a database with a changed schema or session is not used again', async () => {
    const changed = await open();
    await select(changed, 'alter table workspace add column left_behind text');
    await changed.stop();
    const configured = await open();
    await select(configured, 'set work_mem = 100');
    await configured.stop();
    const next = await open();

    expect(await select(next, "select 1 from pg_attribute where attname = 'left_behind'")).toEqual([]);
    expect(await select(next, 'show work_mem')).not.toEqual([{ work_mem: '100kB' }]);
  });

  test('a stopped database refuses queries, transactions, and what a transaction had still to do', async () => {
    const stopped = await open();
    const { db } = stopped;
    const begun = Promise.withResolvers<void>();
    const proceed = Promise.withResolvers<void>();
    const late = stopped.transaction(async (tx) => {
      await ensureWorkspace(tx, 'before-the-stop', now);
      begun.resolve();
      await proceed.promise;
      await ensureWorkspace(tx, 'after-the-stop', now);
    });
    await begun.promise;
    strays.length = 0;
    const stopping = stopped.stop();
    proceed.resolve();

    await expect(late).rejects.toThrow();
    await stopping;
    await expect(ensureWorkspace(db, 'late', now)).rejects.toThrow();
    await expect(stopped.transaction(async () => {})).rejects.toThrow('this database was stopped');
    expect(strays).toEqual([
      expect.stringContaining('insert into "workspace"'),
      expect.stringContaining('insert into "workspace"'),
      'begin',
    ]);
    expect(await listWorkspaces((await open()).db)).toEqual([]);
  });

  test('a statement that comes again answers as it did, whatever was refused or changed meanwhile', async () => {
    const database = await open();
    const keep = (id: number, value: string | null) =>
      rows(database.db, sql`insert into kept values (${id}, ${value}) returning *`);
    const list = () => rows(database.db, sql`select * from kept where id < ${10} order by id`);
    await select(database, 'create table kept (id int primary key, value text)');

    for (const id of [1, 2, 3, 4]) expect(await keep(id, `value ${id}`)).toEqual([{ id, value: `value ${id}` }]);
    await expect(keep(4, 'again')).rejects.toMatchObject({ cause: { code: '23505' } });
    expect(await keep(5, null)).toEqual([{ id: 5, value: null }]);
    const undone = database.transaction(async (tx) => {
      await rows(tx, sql`insert into kept values (${6}, ${'undone'}) returning *`);
      await rows(tx, sql`insert into kept values (${6}, ${'twice'}) returning *`);
    });
    await expect(undone).rejects.toMatchObject({ cause: { code: '23505' } });
    for (const _ of [1, 2, 3]) expect(await list()).toHaveLength(5);

    await select(database, 'alter table kept add column added int default 7');
    for (const _ of [1, 2, 3]) expect((await list())[0]).toEqual({ id: 1, value: 'value 1', added: 7 });
    await select(database, 'drop table kept');
    for (const _ of [1, 2]) await expect(list()).rejects.toMatchObject({ cause: { code: '42P01' } });
  });
});
