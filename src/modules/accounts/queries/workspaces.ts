import type { Queryable } from '../../../platform/database/database.ts';
import { workspace } from '../../../platform/workspaces/tables.ts';
import { organization } from '../tables.ts';

/** Makes a workspace unless it exists, and what the account library knows it by. */
export async function ensureWorkspace(db: Queryable, id: string, now: Date): Promise<void> {
  await db.insert(workspace).values({ id, createdAt: now }).onConflictDoNothing();
  await db.insert(organization).values({ id, name: id, slug: id, createdAt: now }).onConflictDoNothing();
}
