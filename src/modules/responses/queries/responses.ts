import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { only, type Queryable } from '../../../platform/database/database.ts';
import { response } from '../tables.ts';

export type ResponseRow = typeof response.$inferSelect;

export async function findResponse(db: Queryable, invitationId: string): Promise<ResponseRow | undefined> {
  const [found] = await db.select().from(response).where(eq(response.invitationId, invitationId));
  return found;
}

export async function findResponseById(
  db: Queryable,
  workspaceId: string,
  id: string,
): Promise<ResponseRow | undefined> {
  const [found] = await db
    .select()
    .from(response)
    .where(and(eq(response.workspaceId, workspaceId), eq(response.id, id)));
  return found;
}

export async function addResponse(
  tx: Queryable,
  values: Omit<typeof response.$inferInsert, 'id'>,
): Promise<ResponseRow> {
  return only(
    await tx
      .insert(response)
      .values({ id: randomUUID(), ...values })
      .returning(),
  );
}

export async function updateResponse(tx: Queryable, id: string, changes: Partial<ResponseRow>): Promise<void> {
  await tx.update(response).set(changes).where(eq(response.id, id));
}
