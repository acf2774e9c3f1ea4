import { and, eq, isNull, lte, or, sql } from 'drizzle-orm';
import { dayMs, minuteMs } from '../../model/time-units.ts';
import type { Queryable } from '../database/database.ts';
import { idempotency } from './tables.ts';

/** How long an answer is kept for whoever did not hear it. */
const retentionMs = dayMs;

/** A request that has not ended after this was cut off. */
const longestRequestMs = 5 * minuteMs;

export type RequestKey = { workspaceId: string; key: string };

/** What the encryption of its answer is bound to. */
export function answerPlace({ workspaceId, key }: RequestKey): string {
  return `answer ${workspaceId} ${key}`;
}

export type EarlierRequest = { fingerprint: string; status: number | null; body: unknown };

/**
 * Takes a key for a request, in all processes at once.
 *
 * @returns the earlier request that has the key; nothing when it is ours now
 */
export async function beginRequest(
  db: Queryable,
  { workspaceId, key }: RequestKey,
  fingerprint: string,
  now: Date,
): Promise<EarlierRequest | undefined> {
  await forgetRequests(db, { workspaceId, key }, now);
  const begun = await db
    .insert(idempotency)
    .values({ workspaceId, key, fingerprint, at: now })
    .onConflictDoNothing()
    .returning({ key: idempotency.key });
  if (begun.length > 0) return undefined;
  const [earlier] = await db
    .select({ fingerprint: idempotency.fingerprint, status: idempotency.status, body: idempotency.body })
    .from(idempotency)
    .where(of({ workspaceId, key }));
  // It ended without an answer between the two statements: as good as under way.
  return earlier ?? { fingerprint, status: null, body: null };
}

/** Keeps what the request was answered. */
export async function endRequest(
  db: Queryable,
  key: RequestKey,
  { status, body }: { status: number; body: string },
): Promise<void> {
  await db.update(idempotency).set({ status, body }).where(of(key));
}

/** The request failed and changed nothing: it may be tried again under its key. */
export async function releaseRequest(db: Queryable, key: RequestKey): Promise<void> {
  await db.delete(idempotency).where(and(of(key), isNull(idempotency.status)));
}

/** How many requests that are too old are forgotten with each new one, whoever made them. */
const forgottenAtOnce = 20;

/** Ours in any case; of the others a few, because callers make as many as they like, and each new request waits for it. */
async function forgetRequests(db: Queryable, ours: RequestKey, now: Date): Promise<void> {
  const before = (age: number) => lte(idempotency.at, new Date(now.getTime() - age));
  const cutOff = and(isNull(idempotency.status), before(longestRequestMs));
  await db.delete(idempotency).where(and(of(ours), or(before(retentionMs), cutOff)));
  await db.execute(
    sql`delete from ${idempotency} where ctid = any(array(
          select ctid from ${idempotency} where ${before(retentionMs)} order by ${idempotency.at} limit ${forgottenAtOnce}
          for update skip locked))`,
  );
}

function of({ workspaceId, key }: RequestKey) {
  return and(eq(idempotency.workspaceId, workspaceId), eq(idempotency.key, key));
}
