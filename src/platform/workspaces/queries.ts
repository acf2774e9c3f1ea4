import { eq } from 'drizzle-orm';
import type { Queryable } from '../database/database.ts';
import { workspace } from './tables.ts';

export type Workspace = typeof workspace.$inferSelect;

/** The workspace of everything that the environment configures. */
export const defaultWorkspace = 'default';

export function listWorkspaces(db: Queryable): Promise<Workspace[]> {
  return db.select().from(workspace);
}

export async function findWorkspace(db: Queryable, id: string): Promise<Workspace | undefined> {
  const [found] = await db.select().from(workspace).where(eq(workspace.id, id));
  return found;
}

/** The time zone in which a workspace cuts days, wherever it shows or writes them; UTC until somebody sets it. */
export async function findTimeZone(db: Queryable, workspaceId: string): Promise<string> {
  return (await findWorkspace(db, workspaceId))?.timeZone ?? 'UTC';
}

/** Pauses or resumes asking or writing in the whole workspace. */
export async function pauseWorkspace(
  db: Queryable,
  id: string,
  what: 'asking' | 'writing',
  since: Date | null,
): Promise<void> {
  await db
    .update(workspace)
    .set(what === 'asking' ? { surveysPausedAt: since } : { writeBackPausedAt: since })
    .where(eq(workspace.id, id));
}

export async function updateWorkspace(db: Queryable, id: string, changes: Partial<Workspace>): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  await db.update(workspace).set(changes).where(eq(workspace.id, id));
}
