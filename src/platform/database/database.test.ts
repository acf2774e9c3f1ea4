import { beforeAll, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { now } from '../../../test/stored.ts';
import { ensureWorkspace } from '../../modules/accounts/queries/workspaces.ts';
import { findWorkspace, listWorkspaces } from '../workspaces/queries.ts';
import { type Database, only } from './database.ts';

describeOnEachDatabase('the database', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  test('keeps a transaction whole or not at all', async () => {
    const failing = database.transaction(async (tx) => {
      await ensureWorkspace(tx, 'half', now);
      throw new Error('the second half failed');
    });

    await expect(failing).rejects.toThrow('the second half failed');
    expect(await findWorkspace(database.db, 'half')).toBeUndefined();
  });

  test('does what is to follow a commit once it has committed, and never after a rollback', async () => {
    const done: string[] = [];
    const note = (what: string) => database.afterCommit(() => void done.push(what));
    note('at once');
    expect(done).toEqual(['at once']);

    await database.transaction(async (tx) => {
      note('committed');
      await listWorkspaces(tx);
      expect(done).toEqual(['at once']);
    });
    expect(done).toEqual(['at once', 'committed']);

    const failing = database.transaction(async (tx) => {
      note('rolled back');
      await listWorkspaces(tx);
      throw new Error('the second half failed');
    });
    await expect(failing).rejects.toThrow('the second half failed');
    expect(done).toEqual(['at once', 'committed']);
  });

  test('refuses to be used beside the transaction it is in, which is then rolled back', async () => {
    const beside = database.transaction(async (tx) => {
      await ensureWorkspace(tx, 'beside', now);
      await listWorkspaces(database.db);
    });
    const nested = database.transaction(async (tx) => {
      await ensureWorkspace(tx, 'nested', now);
      await database.transaction((inner) => listWorkspaces(inner));
    });

    await expect(beside).rejects.toThrow('inside a transaction only its own handle may be used');
    await expect(nested).rejects.toThrow('inside a transaction only its own handle may be used');
    expect(await findWorkspace(database.db, 'beside')).toBeUndefined();
    expect(await findWorkspace(database.db, 'nested')).toBeUndefined();
  });

  test('may be used by others while a transaction runs, and by what it leaves behind', async () => {
    const begun = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    let left: Promise<unknown> = Promise.resolve();
    const running = database.transaction(async (tx) => {
      await ensureWorkspace(tx, 'left', now);
      left = finish.promise.then(() => running).then(() => findWorkspace(database.db, 'left'));
      begun.resolve();
      await finish.promise;
    });
    await begun.promise;
    const meanwhile = listWorkspaces(database.db);
    finish.resolve();
    await running;

    expect(await meanwhile).toEqual(expect.any(Array));
    expect(await left).toMatchObject({ id: 'left' });
  });
});

test('the one row of a statement that returned none is a bug', () => {
  expect(() => only([])).toThrow('must return a row');
});
