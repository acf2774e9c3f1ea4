import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { aConnection, anInvitation, aWorkspace, now } from '../../../test/stored.ts';
import type { Database } from '../../platform/database/database.ts';
import { beginRequest, endRequest } from '../../platform/idempotency/queries.ts';
import { idempotency } from '../../platform/idempotency/tables.ts';
import { addUser } from '../accounts/queries/accounts.ts';
import { listSessions } from '../accounts/queries/sessions.ts';
import { session } from '../accounts/tables.ts';
import { listDecisions } from '../decisions/queries/list-decisions.ts';
import { verdict } from '../decisions/tables.ts';

const day = 24 * 3_600_000;

describeOnEachDatabase('what grows with what callers do', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  test('a request with an idempotency key forgets a few that are too old, and its own', async () => {
    const { db } = database;
    const workspaceId = await aWorkspace(database);
    const old = { workspaceId, fingerprint: 'old', status: 200, at: new Date(now.getTime() - 2 * day) };
    await db.insert(idempotency).values(Array.from({ length: 100 }, (_, index) => ({ ...old, key: `key ${index}` })));

    expect(await beginRequest(db, { workspaceId, key: 'key 99' }, 'new', now)).toBeUndefined();
    const left = await db.select().from(idempotency).where(eq(idempotency.workspaceId, workspaceId));
    expect(left).toHaveLength(100 - 20);

    await endRequest(db, { workspaceId, key: 'key 99' }, { status: 201, body: 'answer' });
    expect(await beginRequest(db, { workspaceId, key: 'key 99' }, 'new', now)).toMatchObject({ status: 201 });
  });

  test('the latest hundred verdicts of a decision are told, oldest first', async () => {
    const { db } = database;
    const { decision } = await anInvitation(database, await aConnection(database));
    const { id: decisionId, workspaceId } = decision;
    const of = { workspaceId, decisionId, verdict: 'waiting', reason: 'daily_cap', at: now };
    await db
      .insert(verdict)
      .values(Array.from({ length: 150 }, (_, index) => ({ ...of, reasonParams: { sent: index } })));

    const { items } = await listDecisions(db, workspaceId, {}, { limit: 1 });
    expect(items[0]?.history.map(({ reasonParams }) => reasonParams)).toEqual(
      Array.from({ length: 100 }, (_, index) => ({ sent: index + 50 })),
    );
  });

  test('the latest two hundred sessions of somebody are listed', async () => {
    const { db } = database;
    const userId = await addUser(db, { name: 'Olivia', email: `${randomUUID()}@example.com` }, now);
    await db.insert(session).values(
      Array.from({ length: 250 }, (_, index) => ({
        id: randomUUID(),
        token: randomUUID(),
        userId,
        expiresAt: sql`now() + interval '1 day'`,
        createdAt: new Date(now.getTime() + index),
        updatedAt: now,
      })),
    );
    const listed = await listSessions(db, userId);
    expect(listed).toHaveLength(200);
    expect(listed[0]?.createdAt).toEqual(new Date(now.getTime() + 249));
  });
});
