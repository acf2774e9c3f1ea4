import { milliseconds } from '../../model/duration.ts';
import { yieldsToTouch } from '../../model/response.ts';
import { points } from '../../model/scale.ts';
import { runDue } from '../../platform/jobs/run-due.ts';
import { tryAgainAfterMs, wakeAheadMs } from '../../platform/jobs/timing.ts';
import { updateInvitation } from '../invitations/index.ts';
import type { ResponsesContext } from './context.ts';
import { judge } from './evidence/judge.ts';
import { findInvitedTo, givenAnswer } from './invited.ts';
import { lockInvitationWithContact } from './lock.ts';
import { dueFinalizations, nextFinalizations } from './queries/finalizing.ts';
import { findTraces } from './queries/intents.ts';
import { findResponse } from './queries/responses.ts';
import { saveAnswer } from './save-answer.ts';

const batch = 100;

/** Judges what was tapped and touched in a workspace, and whose comment window has ended. Safe to run twice. */
export async function finalizeResponses(
  context: ResponsesContext,
  workspaceId: string,
  signal: AbortSignal,
): Promise<void> {
  const { monotonic, wake } = context;
  await runDue({
    claim: () => findDue(context, workspaceId),
    async handle(due) {
      for (const invitationId of due) {
        if (signal.aborted) return 'stop';
        await finalizeOne(context, invitationId);
      }
      return undefined;
    },
    again: () => wake('finalize', workspaceId),
    monotonic,
    signal,
  });
}

/** The invitations that are due; where none is, the next one that is due soon gets its wake-up. */
async function findDue(
  { database, clock, wake }: ResponsesContext,
  workspaceId: string,
): Promise<readonly string[] | undefined> {
  const now = clock();
  const due = await dueFinalizations(database.db, workspaceId, now, batch);
  if (due.length > 0) return due;
  const next = (await nextFinalizations(database.db)).find((of) => of.workspaceId === workspaceId);
  if (next && next.at.getTime() - now.getTime() < wakeAheadMs) await wake('finalize', workspaceId, next.at);
  return undefined;
}

/** One bad invitation fails alone. */
async function finalizeOne(context: ResponsesContext, invitationId: string): Promise<void> {
  const { database, clock, log, wake } = context;
  try {
    for (const connectionId of await judgeInvitation(context, invitationId)) await wake('write', connectionId);
  } catch (failure) {
    log.error({ code: 'response.judge_failed', err: failure }, 'What was tapped could not be judged.');
    const finalizeAt = new Date(clock().getTime() + tryAgainAfterMs);
    await updateInvitation(database.db, invitationId, { finalizeAt });
  }
}

/** @returns the connections that have something to write */
async function judgeInvitation(context: ResponsesContext, invitationId: string): Promise<ReadonlySet<string>> {
  const nothing: ReadonlySet<string> = new Set();
  const invited = await findInvitedTo(context, invitationId);
  if (!invited) return nothing;
  const { timing, delivery } = invited.survey.content;
  const now = context.clock();
  return context.database.transaction(async (tx) => {
    const current = await lockInvitationWithContact(tx, invited.invitation);
    if (!current?.finalizeAt || current.finalizeAt > now) return nothing;
    await updateInvitation(tx, current.id, { finalizeAt: null });
    const response = await findResponse(tx, current.id);
    if (current.status === 'withdrawn' || (response && !yieldsToTouch(response))) return nothing;
    const outcome = judge(await findTraces(tx, current.id), {
      level: delivery.confirm,
      commentWindow: milliseconds(timing.commentWindow),
      points: points(invited.scale).length,
      sentAt: current.sentAt,
      now,
    });
    if (!outcome) return nothing;
    if (outcome.status === 'pending') {
      await updateInvitation(tx, current.id, { finalizeAt: outcome.until });
      return nothing;
    }
    const given = givenAnswer({ response });
    // Only a later touch changes what was given, and what somebody here has corrected since stays so.
    const changes = outcome.status === 'confirmed' && outcome.rating !== given?.rating;
    if (given && !(changes && outcome.at > given.changedAt)) return nothing;
    return (await saveAnswer(tx, context, invited, current, { ...outcome, comment: null, mayContact: null }, now))
      .outOfSync;
  });
}
