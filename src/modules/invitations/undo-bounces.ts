import { liftBouncesFrom, lockContact } from '../contacts/index.ts';
import { type Judgement, recordVerdict } from '../decisions/index.ts';
import type { InvitationsContext } from './context.ts';
import { findInvitation, isOpen, lockInvitation, openInvitation, updateInvitation } from './queries/invitations.ts';

const refusesAll: Judgement = {
  verdict: 'waiting',
  reason: { code: 'email_refused', params: { kind: 'all' } },
  notes: [],
};

/** Takes back what was concluded from a refusal that came to everybody: these emails are due again. */
export async function undoBounces(context: InvitationsContext, ids: readonly string[]): Promise<void> {
  const { database, clock, log } = context;
  for (const id of ids) {
    await database.transaction(async (tx) => {
      const found = await findInvitation(tx, id);
      if (!found) return;
      await lockContact(tx, found.contactId);
      const invitation = await lockInvitation(tx, id);
      if (!invitation) return;
      await liftBouncesFrom(tx, [id]);
      const now = clock();
      const isClaimed = invitation.claimedUntil !== null && invitation.claimedUntil > now;
      if (invitation.status === 'bounced' && !(await openInvitation(tx, invitation.decisionId))) {
        const waiting = { status: 'scheduled' as const, dueAt: now, waitingFor: refusesAll.reason };
        await updateInvitation(tx, id, { ...waiting, endReason: null, attempts: 0 });
        await recordVerdict(tx, context, invitation, refusesAll, now);
        log.info({ code: 'email.bounce_undone' }, 'A bounce was taken back: the email server refuses everybody.');
      } else if (isOpen(invitation) && !isClaimed) {
        // It waits for a change of policy, or its reminder was given up.
        await updateInvitation(tx, id, { dueAt: now, attempts: 0 });
      }
    });
  }
}
