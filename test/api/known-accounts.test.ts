import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { describeEmbedded } from '../databases.ts';
import { eventually } from '../journey/eventually.ts';
import { newAddress, serveWithOwner } from './signing-in.ts';

describeEmbedded('whether an account exists', (open) => {
  /** What is asked of the database, and how often; nothing of the audit log is answered before it may be. */
  async function watched() {
    const database = await open();
    if (!('embedded' in database.engine)) throw new Error('this database is embedded');
    const client = database.engine.embedded;
    const [query, transaction] = [client.query.bind(client), client.transaction.bind(client)];
    const asked: string[] = [];
    let blocked: Promise<void> = Promise.resolve();
    client.query = async (statement, ...more) => {
      asked.push(statement);
      if (/"audit"/u.test(statement)) await blocked;
      return query<never>(statement, ...more);
    };
    client.transaction = (work) => {
      asked.push('a transaction');
      return transaction(work);
    };
    return {
      database,
      asked,
      /** @returns lets it go on */
      lockAudit(): () => void {
        const { promise, resolve } = Promise.withResolvers<void>();
        blocked = promise;
        return resolve;
      },
    };
  }

  it('is not told by what a refused sign-in waits for', async () => {
    const { database, asked, lockAudit } = await watched();
    const { service, users } = await serveWithOwner(database);
    const [first, second] = [newAddress(), newAddress()];
    const ids = [await users.colleague(first, 'viewer'), await users.colleague(second, 'viewer')];
    const letGo = lockAudit();
    const guess = (email: string) => users.signIn(email, randomBytes(12).toString('hex'));
    // From here on the audit log stands still, and whatever waited for it would.
    expect((await guess(first)).status).toBe(401);

    await eventually('it is about to be written down', () =>
      asked.some((statement) => /^update "audit"/u.test(statement)),
    );

    async function askedFor(email: string): Promise<number> {
      const before = asked.length;
      expect((await guess(email)).status).toBe(401);
      return asked.length - before;
    }
    const unknown = await askedFor('unknown-at-all@example.com');
    expect(await askedFor(second)).toBe(unknown);

    letGo();
    await service.access.settled();
    for (const id of ids) {
      const { items } = await service.read(`/audit?subject=${id}&action=session.refused`);
      expect(items).toMatchObject([{ detail: { count: 1 } }]);
    }
  });
});
