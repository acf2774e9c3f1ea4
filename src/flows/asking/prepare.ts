import { lockContact } from '../../store/contacts.ts';
import { findInvitation, type InvitationRow, lockInvitation, updateInvitation } from '../../store/invitations.ts';
import type { Context } from '../context.ts';
import { decideAgain, type Prepared, remindAgain } from './decide-again.ts';
import { noteWaiting } from './hold-back.ts';
import { lookAgainAfter, readAgain } from './read-again.ts';

/**
 * Reads ticket and contact again and decides again. What must not leave is withdrawn, what must wait is postponed;
 * both are said in the ledger.
 */
export async function prepare(context: Context, invitation: InvitationRow): Promise<Prepared | undefined> {
  const { database, clock, wake } = context;
  const read = await readAgain(context, invitation);
  if ('because' in read) {
    await database.transaction((tx) => noteWaiting(tx, context, invitation, read));
    return undefined;
  }
  const { prepared, behind } = await database.transaction(async (tx) => {
    const kept = await read.keep(tx);
    return { behind: kept.behind, prepared: await prepareKept() };

    async function prepareKept(): Promise<Prepared | undefined> {
      if (kept.overtaken) {
        const dueAt = new Date(clock().getTime() + lookAgainAfter);
        await updateInvitation(tx, invitation.id, { dueAt, claimedUntil: null });
        return undefined;
      }
      // Whoever else holds both takes the person first: do not wait for them with an invitation just withdrawn in hand.
      const latest = await findInvitation(tx, invitation.id);
      if (!latest || latest.status === 'withdrawn') return undefined;
      const contact = await lockContact(tx, latest.contactId);
      const current = await lockInvitation(tx, invitation.id);
      if (!contact || !current) return undefined;
      const about = kept.about?.(contact);
      if (about && current.status === 'scheduled') return decideAgain(tx, context, about, current);
      if (about && current.status === 'sent') return remindAgain(tx, context, about, current);
      await updateInvitation(tx, current.id, { dueAt: null, claimedUntil: null });
      return undefined;
    }
  });
  for (const connectionId of behind) await wake('write', connectionId);
  return prepared;
}
