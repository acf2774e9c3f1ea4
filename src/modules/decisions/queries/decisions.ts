import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { RequesterRule } from '../../../model/ticket.ts';
import type { PlatformContext } from '../../../platform/context.ts';
import { only, type Queryable, rows } from '../../../platform/database/database.ts';
import type { Judgement } from '../decide.ts';
import { decision, verdict } from '../tables.ts';

export type DecisionRow = typeof decision.$inferSelect;

/** What a decision is about: a resolution, or a recipient whom somebody wants to be asked. */
export type DecidedOccasion = { resolutionId: string | null; surveyRequestId: string | null };

/** The decision on this occasion and survey as it stands; `surveyId` null is "no survey listened". */
export async function findDecision(
  tx: Queryable,
  { resolutionId, surveyRequestId }: DecidedOccasion,
  surveyId: string | null,
): Promise<DecisionRow | undefined> {
  const [found] = await tx
    .select()
    .from(decision)
    .where(
      and(
        resolutionId === null ? isNull(decision.resolutionId) : eq(decision.resolutionId, resolutionId),
        surveyRequestId === null ? isNull(decision.surveyRequestId) : eq(decision.surveyRequestId, surveyRequestId),
        surveyId === null ? isNull(decision.surveyId) : eq(decision.surveyId, surveyId),
      ),
    );
  return found;
}

/** Who and what a decision is about, as an invitation, or whatever else comes of it, carries it along. */
export type DecisionAbout = DecidedOccasion & {
  workspaceId: string;
  surveyId: string | null;
  contactId: string | null;
  /** Left out where nobody has looked: then what was known stays. */
  requesterBy?: RequesterRule | null;
};

/**
 * Keeps a verdict: the one decision on this occasion and survey has it from now on, and its history grows. Saying
 * the same again changes nothing.
 */
export async function recordVerdict(
  tx: Queryable,
  { metrics }: Pick<PlatformContext, 'metrics'>,
  about: DecisionAbout,
  judgement: Judgement,
  now: Date,
): Promise<DecisionRow> {
  const existing = await findDecision(tx, about, about.surveyId);
  const { code, params } = judgement.reason;
  const said = { verdict: judgement.verdict, reason: code, reasonParams: params };
  const unchanged =
    existing &&
    existing.verdict === said.verdict &&
    existing.reason === said.reason &&
    isDeepStrictEqual(existing.reasonParams, said.reasonParams) &&
    existing.contactId === about.contactId &&
    (about.requesterBy === undefined || existing.requesterBy === about.requesterBy);
  if (unchanged) return existing;
  const { workspaceId, resolutionId, surveyRequestId, surveyId, contactId, requesterBy } = about;
  const found = requesterBy === undefined ? {} : { requesterBy };
  const kept = { ...said, ...found, contactId, notes: [...judgement.notes], decidedAt: now };
  const row = existing
    ? only(await tx.update(decision).set(kept).where(eq(decision.id, existing.id)).returning())
    : only(
        await tx
          .insert(decision)
          .values({ id: randomUUID(), workspaceId, resolutionId, surveyRequestId, surveyId, ...kept })
          .returning(),
      );
  await tx.insert(verdict).values({ workspaceId, decisionId: row.id, ...said, at: now });
  metrics.count('decisions', { verdict: said.verdict, reason: said.reason });
  return row;
}

/** The same of many decisions at once, each known by its id. */
export async function recordVerdicts(
  tx: Queryable,
  { metrics }: Pick<PlatformContext, 'metrics'>,
  verdicts: readonly ({ decisionId: string; contactId: string } & Judgement)[],
  now: Date,
): Promise<void> {
  if (verdicts.length === 0) return;
  const said = verdicts.map(({ reason: { code, params }, ...of }) => ({ ...of, reason: code, params }));
  const recorded = await rows<{ verdict: string; reason: string }>(
    tx,
    sql`with changed as (
          update ${decision} d set verdict = s.verdict, reason = s.reason, reason_params = s.params,
            contact_id = s."contactId", notes = s.notes, decided_at = ${now.toISOString()}::timestamptz
          from jsonb_to_recordset(${JSON.stringify(said)}::jsonb)
               as s("decisionId" uuid, "contactId" uuid, verdict text, reason text, params jsonb, notes jsonb)
          where d.id = s."decisionId" and (d.verdict, d.reason, d.reason_params, d.contact_id)
                is distinct from (s.verdict, s.reason, s.params, s."contactId")
          returning d.id, d.workspace_id, d.verdict, d.reason, d.reason_params)
        insert into ${verdict} (workspace_id, decision_id, verdict, reason, reason_params, at)
        select workspace_id, id, verdict, reason, reason_params, ${now.toISOString()}::timestamptz from changed
        returning verdict, reason`,
  );
  for (const labels of recorded) metrics.count('decisions', labels);
}
