import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Served, serve } from '../../../test/api/served.ts';
import { describeOnServer } from '../../../test/databases.ts';
import { openPostgresql } from '../../platform/database/postgresql.ts';

function reportIdleError(failure: Error): void {
  throw failure;
}

describeOnServer('with DATABASE_READ_URL', (createEmpty) => {
  let service: Served;
  const ends: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const [primary, replica] = [await createEmpty(), await createEmpty()];
    await (await openPostgresql(replica.url, reportIdleError)).stop();
    const database = await openPostgresql(primary.url, reportIdleError, replica.url);
    service = await serve(database);
    ends.push(() => database.stop(), primary.remove, replica.remove);
    const { sentEmail } = await service.asked();
    await service.answer(sentEmail, 9);
    service.jump(1000);
  });
  afterAll(async () => {
    for (const end of ends) await end();
  });

  test('reports come from the replica, which has not got the answer yet, and everything else from the database', async () => {
    const { body } = await service.call('GET', '/reports/summary?metric=nps&from=2026-11-01');

    expect(body.total).toMatchObject({ invited: 0, answered: 0 });
    expect((await service.read('/responses')).items).toMatchObject([{ rating: 9 }]);
  });
});
