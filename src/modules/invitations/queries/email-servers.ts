import { eq } from 'drizzle-orm';
import type { Queryable } from '../../../platform/database/database.ts';
import { emailServer } from '../tables.ts';

export type EmailServerRow = typeof emailServer.$inferSelect;

/** What was saved of an email server; nothing while emails leave by it as they should. */
export async function findEmailServer(db: Queryable, id: string): Promise<EmailServerRow | undefined> {
  const [found] = await db.select().from(emailServer).where(eq(emailServer.id, id));
  return found;
}

export async function saveEmailServer(db: Queryable, row: EmailServerRow): Promise<void> {
  await db.insert(emailServer).values(row).onConflictDoUpdate({ target: emailServer.id, set: row });
}

export async function deleteEmailServer(db: Queryable, id: string): Promise<void> {
  await db.delete(emailServer).where(eq(emailServer.id, id));
}
