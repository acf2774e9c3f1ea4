import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { scoreValues } from '../../../src/domain/score.ts';
import { listConnections } from '../../../src/store/connections.ts';
import type { Queryable } from '../../../src/store/database.ts';
import { contact, contactEmail, copy, score } from '../../../src/store/tables/index.ts';
import { pauseWorkspace, defaultWorkspace as workspaceId } from '../../../src/store/workspaces.ts';
import type { FreshDatabase } from './databases.ts';

/** The person of this number, as every part of a bench knows them. */
export const addressOf = (n: number) => `customer-${n}@example.com`;
export const ratingOf = (n: number) => n % 11;

/** By connector: the record of the person of this number, or nothing when it has yet to be found. */
export type KnownRecords = Readonly<Record<string, (n: number) => string | undefined>>;

const chunk = 1000;

/** Puts everybody's score and copies where answers would have put them, with writing paused. */
export async function keepWaiting(database: FreshDatabase, people: number, known: KnownRecords): Promise<void> {
  const opened = await database.open();
  const now = new Date();
  try {
    await opened.transaction(async (tx) => {
      await pauseWorkspace(tx, workspaceId, 'writing', now);
      const connections = await listConnections(tx);
      for (let first = 0; first < people; first += chunk) {
        const some = Array.from({ length: Math.min(chunk, people - first) }, (_, n) => ({
          id: randomUUID(),
          n: first + n,
        }));
        await keepScores(tx, some, now);
        for (const { id: connectionId, connector } of connections) {
          await keepCopies(tx, some, { connectionId, recordOf: known[connector] ?? (() => undefined), now });
        }
      }
    });
  } finally {
    await opened.stop();
  }
}

type Somebody = { id: string; n: number };

// Rows by the thousand as one parameter: a parameter for each value would take most of the time.
async function keepScores(tx: Queryable, people: readonly Somebody[], now: Date): Promise<void> {
  const given = JSON.stringify(
    people.map(({ id, n }) => ({ id, address: addressOf(n), score: valuesOf(n, now), workspace: workspaceId, now })),
  );
  const rows = sql`jsonb_to_recordset(${given}::jsonb) as r(id uuid, address text, score jsonb, workspace text, now timestamptz)`;
  await tx.execute(sql`insert into ${contact} (id, workspace_id, created_at) select id, workspace, now from ${rows}`);
  await tx.execute(
    sql`insert into ${contactEmail} (contact_id, workspace_id, address) select id, workspace, address from ${rows}`,
  );
  await tx.execute(
    sql`insert into ${score} (contact_id, workspace_id, revision, values, last_change, changed_at)
        select id, workspace, 1, score, 'answered', now from ${rows}`,
  );
}

async function keepCopies(
  tx: Queryable,
  people: readonly Somebody[],
  { connectionId, recordOf, now }: { connectionId: string; recordOf: (n: number) => string | undefined; now: Date },
): Promise<void> {
  const given = JSON.stringify(people.map(({ id, n }) => ({ id: randomUUID(), contact: id, record: recordOf(n) })));
  await tx.execute(
    sql`insert into ${copy} (id, workspace_id, connection_id, contact_id, external_id, state, due_at)
        select id, ${workspaceId}, ${connectionId}, contact, record,
          case when record is null then 'wanted' else 'present' end, ${now.toISOString()}::timestamptz
        from jsonb_to_recordset(${given}::jsonb) as r(id uuid, contact uuid, record text)`,
  );
}

function valuesOf(n: number, now: Date) {
  const answer = {
    ...{ id: randomUUID(), metric: 'nps' as const, scale: 10, rating: ratingOf(n) },
    ...{ comment: `What customer ${n} wrote.`, answeredAt: now, ratedAt: now },
    ...{ survey: 'after-ticket', ticket: `zendesk:${n}`, agent: 'An agent' },
  };
  return scoreValues([answer], { known: [], lastChange: 'answered', lastAskedAt: now });
}
