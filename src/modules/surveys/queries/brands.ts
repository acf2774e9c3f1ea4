import { randomUUID } from 'node:crypto';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { only, type Queryable } from '../../../platform/database/database.ts';
import type { Encryption } from '../../../platform/encryption.ts';
import { invitation } from '../../invitations/tables.ts';
import { resolution } from '../../tickets/tables.ts';
import { type Brand, brandContent as definition } from '../brand.ts';
import { brand, surveyVersion } from '../tables.ts';

/** `updatedAt` is another after every change. */
export type BrandRow = Omit<typeof brand.$inferSelect, 'content'> & { content: Brand };

export async function listBrands(db: Queryable, workspaceId: string): Promise<BrandRow[]> {
  const found = await db.select().from(brand).where(eq(brand.workspaceId, workspaceId)).orderBy(asc(brand.key));
  return found.map(readRow);
}

export async function findBrand(db: Queryable, workspaceId: string, key: string): Promise<BrandRow | undefined> {
  const [found] = await db
    .select()
    .from(brand)
    .where(and(eq(brand.workspaceId, workspaceId), eq(brand.key, key)));
  return found && readRow(found);
}

export async function findBrandById(db: Queryable, id: string): Promise<BrandRow | undefined> {
  const [found] = await db.select().from(brand).where(eq(brand.id, id));
  return found && readRow(found);
}

/**
 * Makes the brand with this key what is said.
 *
 * @param smtpUrl its own email server, kept encrypted; `null` takes it away, and nothing leaves it as it was
 */
export async function saveBrand(
  db: Queryable,
  { workspaceId, content, smtpUrl }: { workspaceId: string; content: Brand; smtpUrl?: string | null },
  { encryption, now }: { encryption: Encryption; now: Date },
): Promise<BrandRow> {
  const place = brandPlace({ workspaceId, key: content.key });
  const server =
    smtpUrl === undefined ? {} : { encryptedSmtpUrl: smtpUrl === null ? null : encryption.encrypt(smtpUrl, place) };
  const saved = await db
    .insert(brand)
    .values({ id: randomUUID(), workspaceId, key: content.key, content, ...server, updatedAt: now })
    .onConflictDoUpdate({
      target: [brand.workspaceId, brand.key],
      set: {
        content,
        ...server,
        updatedAt: sql`greatest(excluded.updated_at, ${brand.updatedAt} + interval '1 millisecond')`,
      },
    })
    .returning();
  return readRow(only(saved));
}

/** @returns whether there was one */
export async function removeBrand(db: Queryable, workspaceId: string, key: string): Promise<boolean> {
  const removed = await db
    .delete(brand)
    .where(and(eq(brand.workspaceId, workspaceId), eq(brand.key, key)))
    .returning({ id: brand.id });
  return removed.length > 0;
}

/** What the encryption of a brand's email server is bound to. */
export function brandPlace({ workspaceId, key }: Pick<BrandRow, 'workspaceId' | 'key'>): string {
  return `brand ${workspaceId} ${key}`;
}

/** What decides under which brand each invitation is written: the one that its survey names, and its ticket's. */
export async function brandClues(
  db: Queryable,
  invitationIds: readonly string[],
): Promise<{ invitationId: string; named: string | null; ticket: string | null }[]> {
  return db
    .select({
      invitationId: invitation.id,
      named: sql<string | null>`${surveyVersion.content} -> 'delivery' ->> 'brand'`,
      ticket: resolution.brand,
    })
    .from(invitation)
    .innerJoin(
      surveyVersion,
      and(eq(surveyVersion.surveyId, invitation.surveyId), eq(surveyVersion.version, invitation.surveyVersion)),
    )
    .leftJoin(resolution, eq(resolution.id, invitation.resolutionId))
    .where(inArray(invitation.id, [...invitationIds]));
}

function readRow(row: typeof brand.$inferSelect): BrandRow {
  return { ...row, content: definition.parse(row.content) };
}
