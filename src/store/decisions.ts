import { randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { Judgement } from '../domain/decision/decide.ts';
import { only, type Queryable } from './database.ts';
import { decision, verdict } from './tables/index.ts';

export type DecisionRow = typeof decision.$inferSelect;

/** The decision of this resolution and survey as it stands; `surveyId` null is "no survey listened". */
export async function findDecision(
  tx: Queryable,
  resolutionId: string,
  surveyId: string | null,
): Promise<DecisionRow | undefined> {
  const [found] = await tx
    .select()
    .from(decision)
    .where(
      and(
        eq(decision.resolutionId, resolutionId),
        surveyId === null ? isNull(decision.surveyId) : eq(decision.surveyId, surveyId),
      ),
    );
  return found;
}

/**
 * Keeps a verdict: the one decision of this resolution and survey has it from now on, and its history grows. Saying
 * the same again changes nothing.
 */
export async function recordVerdict(
  tx: Queryable,
  of: { workspaceId: string; resolutionId: string; surveyId: string | null; contactId: string | null },
  judgement: Judgement,
  now: Date,
): Promise<DecisionRow> {
  const existing = await findDecision(tx, of.resolutionId, of.surveyId);
  const said = { verdict: judgement.verdict, reason: judgement.reason, because: judgement.because };
  const unchanged =
    existing &&
    existing.verdict === said.verdict &&
    existing.reason === said.reason &&
    existing.because === said.because &&
    existing.contactId === of.contactId;
  if (unchanged) return existing;
  const kept = { ...said, contactId: of.contactId, notes: [...judgement.notes], decidedAt: now };
  const row = existing
    ? only(await tx.update(decision).set(kept).where(eq(decision.id, existing.id)).returning())
    : only(
        await tx
          .insert(decision)
          .values({ id: randomUUID(), ...of, ...kept })
          .returning(),
      );
  await tx.insert(verdict).values({ workspaceId: of.workspaceId, decisionId: row.id, ...said, at: now });
  return row;
}

export async function findDecisionById(db: Queryable, id: string): Promise<DecisionRow | undefined> {
  const [found] = await db.select().from(decision).where(eq(decision.id, id));
  return found;
}
