import { and, eq, type SQL, sql } from 'drizzle-orm';
import { audit } from '../../../platform/audit/tables.ts';
import { equals, within } from '../../../platform/database/conditions.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { inOrder, type Page, readPage } from '../../../platform/database/page.ts';
import { apiKey, user } from '../tables.ts';

export type AuditFilter = { actor?: string; action?: string; subject?: string; from?: Date; until?: Date };

const columns = {
  at: { of: audit.at, as: 'timestamptz' },
  id: { of: audit.id, as: 'bigint' },
} as const;
export const auditOrders = ['at'] as const;

/** Who changed what, and when. */
export async function listAudit(db: Queryable, workspaceId: string, filter: AuditFilter, page: Page) {
  const order = inOrder(columns, [{ by: 'at', descending: true }], page);
  const afterPlace = (place: readonly SQL[]) =>
    db
      .select({
        place: order.place,
        id: sql<string>`${audit.id}::text`,
        at: audit.at,
        actor: audit.actor,
        /** The person's or the key's name, while there is one. */
        actorName: sql<string | null>`coalesce(${user.name}, ${apiKey.name})`,
        action: audit.action,
        subject: audit.subject,
        detail: audit.detail,
      })
      .from(audit)
      .leftJoin(user, eq(user.id, audit.actor))
      .leftJoin(apiKey, sql`${apiKey.id}::text = ${audit.actor}`)
      .where(
        and(
          eq(audit.workspaceId, workspaceId),
          ...equals(audit.actor, filter.actor),
          ...equals(audit.action, filter.action),
          ...equals(audit.subject, filter.subject),
          ...within(audit.at, filter),
          ...place,
        ),
      );
  return readPage(db, order, page, afterPlace);
}
