import type { Queryable } from '../../platform/database/database.ts';
import { lockContact } from '../contacts/index.ts';
import { type DecisionCase, factsOf, recall } from '../decisions/index.ts';
import { findSurvey } from '../surveys/index.ts';
import type { InvitationsContext } from './context.ts';
import { createDailyCap } from './daily-cap.ts';
import { decideAgain, type Prepared } from './decide-again.ts';
import { findInvitation, type InvitationRow, lockInvitation, updateInvitation } from './queries/invitations.ts';
import { markSending } from './queries/sending.ts';
import { type RefreshedSource, refreshAgainAfterMs } from './refresh-due.ts';
import { saveRefreshed } from './save-refreshed.ts';

/**
 * Keeps what was read of ticket and contact and decides again. What must not leave is withdrawn, what must wait is
 * postponed; both are said in the ledger.
 */
export async function prepare(context: InvitationsContext, read: RefreshedSource): Promise<Prepared | undefined> {
  const { database, clock, wake } = context;
  const { invitation } = read;
  const { prepared, outOfSync } = await database.transaction(async (tx) => {
    const kept = await saveRefreshed(tx, context, read);
    return { outOfSync: kept.outOfSync, prepared: await prepareKept() };

    async function prepareKept(): Promise<Prepared | undefined> {
      if (kept.overtaken) {
        const dueAt = new Date(clock().getTime() + refreshAgainAfterMs);
        await updateInvitation(tx, invitation.id, { dueAt, claimedUntil: null });
        return undefined;
      }
      // Whoever else holds both takes the contact first: do not wait for them with an invitation just withdrawn in hand.
      const latest = await findInvitation(tx, invitation.id);
      if (!latest || latest.status === 'withdrawn') return undefined;
      const contact = await lockContact(tx, latest.contactId);
      const current = await lockInvitation(tx, invitation.id);
      if (!contact || !current) return undefined;
      const about = kept.about?.(contact);
      if (about && isOpen(current)) return decideOne(tx, context, about, current);
      await updateInvitation(tx, current.id, { dueAt: null, claimedUntil: null });
      return undefined;
    }
  });
  for (const connectionId of outOfSync) await wake('write', connectionId);
  return prepared;
}

/** Whether there is anything left to send. */
export function isOpen({ status }: Pick<InvitationRow, 'status'>): boolean {
  return status === 'scheduled' || status === 'sent';
}

async function decideOne(
  tx: Queryable,
  context: InvitationsContext,
  about: DecisionCase,
  current: InvitationRow,
): Promise<Prepared | undefined> {
  const { contact } = about;
  const survey = await findSurvey(tx, current.surveyId, current.surveyVersion);
  if (!survey || !contact) throw new Error('an invitation without its survey');
  const question = { about, survey, deciding: current.id };
  const facts = factsOf(context, await recall(tx, context, current.workspaceId, [question]), question);
  const prepared = await decideAgain(tx, context, { current, survey, contact, facts }, createDailyCap(tx, context));
  if (prepared) await markAsSending(tx, context, [prepared]);
  return prepared;
}

/** They count against the cap and as asked from here on; an email that is refused is taken back. */
export function markAsSending(
  tx: Queryable,
  { clock }: Pick<InvitationsContext, 'clock'>,
  prepared: readonly Prepared[],
): Promise<void> {
  const asking = prepared.filter(({ reminder }) => reminder === 0);
  return markSending(
    tx,
    asking.map(({ invitation }) => invitation),
    clock(),
  );
}
