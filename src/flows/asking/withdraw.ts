import type { DecisionReason } from '../../domain/decision/reasons.ts';
import type { Queryable } from '../../store/database.ts';
import { recordVerdict } from '../../store/decisions.ts';
import { type InvitationRow, updateInvitation } from '../../store/invitations.ts';
import type { Context } from '../context.ts';

/** Takes invitations back whose mail has not left, and says why in the ledger. @returns how many */
export async function withdraw(
  tx: Queryable,
  context: Pick<Context, 'clock'>,
  invitations: readonly InvitationRow[],
  reason: DecisionReason,
): Promise<number> {
  for (const invitation of invitations) {
    await updateInvitation(tx, invitation.id, {
      status: 'withdrawn',
      dueAt: null,
      claimedUntil: null,
      waitingFor: null,
      endReason: reason,
    });
    const judgement = { verdict: 'skipped' as const, reason, notes: [] };
    await recordVerdict(tx, invitation, judgement, context.clock());
  }
  return invitations.length;
}
