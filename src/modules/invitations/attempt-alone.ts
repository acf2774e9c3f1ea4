import { tryAgainAfterMs } from '../../platform/jobs/timing.ts';
import type { InvitationsContext } from './context.ts';
import { type InvitationRow, updateInvitation } from './queries/invitations.ts';

/** Does some work for one invitation, which fails alone: it is due again a minute later. */
export async function attemptAlone<Result>(
  { database, clock, log }: InvitationsContext,
  invitation: InvitationRow,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (failure) {
    log.error(
      { code: 'invitation.failed', err: failure, decision: invitation.decisionId },
      'An invitation could not be delivered.',
    );
    const dueAt = new Date(clock().getTime() + tryAgainAfterMs);
    await updateInvitation(database.db, invitation.id, { dueAt, claimedUntil: null, clearedUntil: null });
    return undefined;
  }
}
