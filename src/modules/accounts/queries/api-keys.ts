import { randomUUID } from 'node:crypto';
import { and, desc, eq } from 'drizzle-orm';
import { only, type Queryable } from '../../../platform/database/database.ts';
import { apiKey } from '../tables.ts';

export type ApiKeyRow = typeof apiKey.$inferSelect;

export async function addApiKey(
  db: Queryable,
  values: Omit<typeof apiKey.$inferInsert, 'id' | 'lastUsedAt'>,
): Promise<ApiKeyRow> {
  return only(
    await db
      .insert(apiKey)
      .values({ id: randomUUID(), ...values })
      .returning(),
  );
}

export async function findApiKey(db: Queryable, hash: string): Promise<ApiKeyRow | undefined> {
  const [found] = await db.select().from(apiKey).where(eq(apiKey.hash, hash));
  return found;
}

export async function noteApiKeyUsed(db: Queryable, id: string, now: Date): Promise<void> {
  await db.update(apiKey).set({ lastUsedAt: now }).where(eq(apiKey.id, id));
}

export function listApiKeys(db: Queryable, workspaceId: string): Promise<ApiKeyRow[]> {
  return db.select().from(apiKey).where(eq(apiKey.workspaceId, workspaceId)).orderBy(desc(apiKey.createdAt), apiKey.id);
}

/** @returns whether there was one */
export async function removeApiKey(db: Queryable, workspaceId: string, id: string): Promise<boolean> {
  const removed = await db
    .delete(apiKey)
    .where(and(eq(apiKey.workspaceId, workspaceId), eq(apiKey.id, id)))
    .returning({ id: apiKey.id });
  return removed.length > 0;
}
