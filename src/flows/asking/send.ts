import { UpstreamBusy, UpstreamRefused } from '../../errors.ts';
import { Bounced } from '../../mail/email-failures.ts';
import { addAddressState } from '../../store/address-states.ts';
import type { BrandRow } from '../../store/brands.ts';
import { lockContact } from '../../store/contacts.ts';
import type { Queryable } from '../../store/database.ts';
import { type InvitationRow, lockInvitation, updateInvitation } from '../../store/invitations.ts';
import { findResponse } from '../../store/responses.ts';
import type { Context } from '../context.ts';
import type { Prepared } from './decide-again.ts';
import { mailServerBusy, noteWaiting } from './hold-back.ts';
import type { SentKeeper } from './keep-sent.ts';
import { hasOwnServer, mailOf } from './mail-of.ts';
import { withdraw } from './withdraw.ts';
import { textsOf, writeLetter } from './write-letter.ts';

const minute = 60_000;

/**
 * What a mailbox that refuses us for now is given before we stop, half a day in all: at first often, because a server
 * that is in trouble says so of every mailbox, then ever longer.
 */
const softRetries = [1, 1.5, 2, 2, 5, 30, 120, 480].map((minutes) => minutes * minute);

/** How long the others wait while one letter shows whether the server answers again. */
const probeWait = 1000;

/** How long a letter that the server's policy refuses waits for somebody to change that: an hour each, for a week. */
const policyRetries = Array.from({ length: 7 * 24 }, () => 3_600_000);

/**
 * Hands the letter to the mail server and keeps what came of it. After a crash in between, the same letter goes again
 * under the same Message-ID.
 *
 * @param on.brand the one under which it is written
 */
export async function sendLetter(
  context: Context,
  prepared: Prepared,
  { brand, keeper }: { brand: BrandRow | undefined; keeper: SentKeeper },
): Promise<void> {
  const mail = mailOf(context, brand);
  if (!mail) throw new Error('nothing to send with');
  const texts = textsOf(context, prepared);
  const tapped = await findTapped(context, prepared);
  const letter = await writeLetter(context, { ...prepared, brand, texts, tapped });
  try {
    await keeper.handOver(() => mail.pace.run('write', () => mail.send(letter)));
  } catch (failure) {
    if (!(failure instanceof UpstreamBusy || failure instanceof UpstreamRefused)) throw failure;
    await keepFailure(context, prepared, failure, brand);
    return;
  }
  await keeper.keep({ prepared, language: texts.language.tag });
}

/** The number that they tapped, and then did nothing more: their first reminder asks whether it is right. */
async function findTapped({ database }: Context, { invitation, reminder }: Prepared): Promise<number | undefined> {
  const response = reminder === 1 ? await findResponse(database.db, invitation.id) : undefined;
  return response?.status === 'unconfirmed' ? response.rating : undefined;
}

/** The mail did not leave: it stays due, or, when it will not be taken, the person is not asked. */
async function keepFailure(
  context: Context,
  { invitation: { id, contactId, sentAt, email, workspaceId }, reminder }: Prepared,
  failure: UpstreamBusy | UpstreamRefused,
  brand: BrandRow | undefined,
): Promise<void> {
  const { database, clock } = context;
  const after = (wait: number) => new Date(clock().getTime() + wait);
  const isRefusal = failure instanceof UpstreamRefused;
  // A letter that may have arrived, now or at an earlier try, counts as sent, whatever becomes of its ticket before it
  // goes again.
  const unsent = reminder > 0 || (!isRefusal && failure.outcome === 'unknown') ? {} : { sentAt };
  await database.transaction(async (tx) => {
    await lockContact(tx, contactId);
    const invitation = await lockInvitation(tx, id);
    // Where somebody else has kept that it was sent, there is nothing left to try.
    if (invitation?.status !== (reminder === 0 ? 'scheduled' : 'sent')) return;
    if (failure.concerns === 'connection') {
      await updateInvitation(tx, id, { ...unsent, claimedUntil: null });
      if (isRefusal) reportRefusal(context, failure, brand);
      // Due now, it would be taken up again at once, and its ticket read, for as long as another letter is on probation.
      else
        await noteWaiting(tx, context, invitation, {
          ...mailServerBusy,
          until: after(failure.retryAfter ?? probeWait),
        });
      return;
    }
    const wait =
      failure instanceof Bounced ? undefined : (isRefusal ? policyRetries : softRetries)[invitation.attempts];
    if (wait !== undefined) {
      const because = `The mail is not taken yet: ${failure.message}`;
      if (isRefusal && invitation.waitingFor !== because) reportRefusal(context, failure, brand);
      await updateInvitation(tx, id, { ...unsent, attempts: invitation.attempts + 1 });
      await noteWaiting(tx, context, invitation, {
        reason: isRefusal ? 'mail_refused' : 'mail_not_taken',
        because,
        until: after(wait),
      });
      return;
    }
    if (failure instanceof Bounced) {
      const bounce = { kind: 'bounce' as const, reason: failure.reason, at: clock(), invitationId: id };
      await addAddressState(tx, { workspaceId, address: email, ...bounce });
    }
    await giveUp(tx, context, invitation, failure);
  });
}

/** Policy that was not changed in time is nobody's bounce. */
async function giveUp(
  tx: Queryable,
  context: Context,
  invitation: InvitationRow,
  failure: UpstreamBusy | UpstreamRefused,
): Promise<void> {
  if (invitation.status === 'sent') {
    await updateInvitation(tx, invitation.id, { dueAt: null, claimedUntil: null });
    return;
  }
  const isPolicy = failure instanceof UpstreamRefused && !(failure instanceof Bounced);
  const reason = isPolicy ? 'mail_refused' : 'bounced';
  await withdraw(tx, context, [invitation], { reason, because: `The mail was not taken: ${failure.message}` });
  await updateInvitation(tx, invitation.id, { ...(isPolicy ? {} : { status: 'bounced' as const }), sentAt: null });
}

function reportRefusal(
  { log }: Context,
  { message, remedy, concerns }: UpstreamRefused,
  brand: BrandRow | undefined,
): void {
  const particulars = { reason: message, remedy, ...(brand ? { brand: brand.key } : {}) };
  if (concerns === 'request') {
    log.error(particulars, 'the mail server refuses a letter: it waits until somebody acts');
  } else if (hasOwnServer(brand)) {
    log.error(particulars, 'the mail server of a brand refuses us: none of its mail leaves until somebody acts');
  } else {
    log.error(particulars, 'the mail server refuses us: no mail leaves until somebody acts');
  }
}
