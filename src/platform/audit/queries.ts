import { and, eq, sql } from 'drizzle-orm';
import { hourMs, minuteMs } from '../../model/time-units.ts';
import type { Queryable } from '../database/database.ts';
import { audit } from './tables.ts';

/**
 * Notes who changed what. Neither subject nor detail may hold personal data: what is noted stays when a contact is
 * erased.
 */
export async function noteChange(
  tx: Queryable,
  change: {
    workspaceId: string;
    actor: string;
    action: string;
    subject: string;
    detail?: Record<string, unknown>;
    at: Date;
  },
): Promise<void> {
  await tx.insert(audit).values(change);
}

/** What strangers cause without an account: they must not fill the table. */
export const refusals = ['session.refused', 'twofactor.refused'] as const;

/**
 * The same for what somebody may repeat as often as they like: one entry for each account and minute, or hour where
 * strangers may, which counts. So a flood fills neither the log nor the table.
 */
export async function noteRepeated(tx: Queryable, change: Parameters<typeof noteChange>[1]): Promise<void> {
  const every = refusals.some((refusal) => refusal === change.action) ? hourMs : minuteMs;
  const at = new Date(Math.floor(change.at.getTime() / every) * every);
  const { workspaceId, actor, action, subject, detail = {} } = change;
  const isSame = and(
    eq(audit.workspaceId, workspaceId),
    eq(audit.subject, subject),
    eq(audit.actor, actor),
    eq(audit.action, action),
    eq(audit.at, at),
  );
  const counted = await tx
    .update(audit)
    .set({ detail: sql`jsonb_set(${audit.detail}, '{count}', to_jsonb((${audit.detail} ->> 'count')::int + 1))` })
    .where(isSame)
    .returning({ id: audit.id });
  if (counted.length === 0) await noteChange(tx, { ...change, detail: { ...detail, count: 1 }, at });
}
