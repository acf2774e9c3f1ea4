import { isDeepStrictEqual } from 'node:util';
import type { DecisionReason } from '../../model/messages/decision-reason.ts';
import { hourMs, minuteMs } from '../../model/time-units.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { Bounced, EmailDelayed, EmailRefused } from '../../platform/email/email-failures.ts';
import { RefusesAll } from '../../platform/email/email-rate-limiter.ts';
import type { EmailServer } from '../../platform/email/email-server.ts';
import { measured } from '../../platform/measured.ts';
import { addAddressState, type ContactRow, lockContact } from '../contacts/index.ts';
import type { BrandRow, VersionedSurvey } from '../surveys/index.ts';
import type { InvitationsContext } from './context.ts';
import { emailServerBusy, noteWaiting } from './defer.ts';
import { saveServer } from './email-server.ts';
import { emailServerFor, obstacleTo, serverIdFor } from './email-server-for.ts';
import { type InvitationRow, lockInvitation, updateInvitation } from './queries/invitations.ts';
import type { LeavingInvitation } from './queries/sending.ts';
import type { SentWriter } from './save-sent.ts';
import type { Clearance } from './tables.ts';
import { undoBounces } from './undo-bounces.ts';
import { withdraw } from './withdraw.ts';
import { emailTexts, writeEmail } from './write-email.ts';

/**
 * What a mailbox that refuses us for now is given before we stop, half a day in all: at first often, because a server
 * that is in trouble says so of every mailbox, then ever longer.
 */
const softRetriesMs = [1, 1.5, 2, 2, 5, 30, 120, 480].map((minutes) => minutes * minuteMs);

/** How long the others wait while one email shows whether the server answers again. */
const probeWaitMs = 1000;

/** When a sender of a survey or brand that the server refuses is tried again. */
const senderRetryMs = minuteMs;

/** How long an email that the server's policy refuses waits for somebody to change that: an hour each, for a week. */
const policyRetriesMs = Array.from({ length: 7 * 24 }, () => hourMs);

/** An email that may leave, with everything that it is written from. */
export type LeavingEmail = {
  invitation: LeavingInvitation;
  clearance: Clearance;
  survey: VersionedSurvey;
  contact: ContactRow;
  /** The one under which it is written. */
  brand: BrandRow | undefined;
  /** The number that they tapped, and then did nothing more: their first reminder asks whether it is right. */
  tapped: number | undefined;
};

/**
 * Hands the email to the email server and saves what came of it. After a crash in between, the same email goes again
 * under the same Message-ID.
 */
export async function sendEmail(
  context: InvitationsContext,
  leaving: LeavingEmail,
  sentWriter: SentWriter,
): Promise<void> {
  const { invitation, clearance, brand } = leaving;
  const { metrics, monotonic } = context;
  const server = emailServerFor(context, brand);
  if (!server) throw new Error('nothing to send with');
  const texts = emailTexts(context, leaving);
  const email = await writeEmail(context, { ...leaving, texts, reminder: clearance.reminder });
  const emailServer = serverIdFor(brand);
  const labels = { email_server: emailServer, kind: clearance.reminder === 0 ? 'invitation' : 'reminder' };
  try {
    const departure = { id: invitation.id, to: email.to.address, from: email.from.address };
    const send = () =>
      measured(
        monotonic,
        () => server.send(email),
        (milliseconds) => metrics.time('email_duration', { email_server: emailServer }, milliseconds),
      );
    await sentWriter.handOver(() => server.rateLimiter.run(send, departure));
  } catch (failure) {
    if (!(failure instanceof EmailDelayed || failure instanceof EmailRefused)) throw failure;
    const outcome = await saveEmailFailure(context, leaving, failure);
    if (outcome !== undefined) metrics.count('emails', { ...labels, outcome });
    await undoWhatWasOurs(context, server, invitation.id, failure);
    return;
  } finally {
    await saveServer(context, brand, server);
  }
  metrics.count('emails', { ...labels, outcome: 'sent' });
  await sentWriter.save({ ...leaving, language: texts.language.tag });
}

/** Bounces that turned out to be a refusal of everybody, before or after they were saved. */
async function undoWhatWasOurs(
  context: InvitationsContext,
  { rateLimiter }: EmailServer,
  id: string,
  failure: unknown,
): Promise<void> {
  if (failure instanceof RefusesAll) await undoBounces(context, failure.others);
  else if (failure instanceof EmailRefused && rateLimiter.suspects(id)) await undoBounces(context, [id]);
}

/**
 * The email did not leave: it stays due, or, when it will not be taken, the contact is not asked.
 *
 * @returns nothing where it has been saved as sent meanwhile
 */
async function saveEmailFailure(
  context: InvitationsContext,
  { invitation: leaving, clearance: { reminder }, brand }: LeavingEmail,
  failure: EmailFailure,
): Promise<'deferred' | 'failed' | undefined> {
  const { id, contactId, sentBefore, email, workspaceId } = leaving;
  const { database, clock, log } = context;
  const after = (wait: number) => new Date(clock().getTime() + wait);
  const isRefusal = failure instanceof EmailRefused;
  // An email that may have arrived, now or at an earlier try, counts as sent, whatever becomes of its ticket before it
  // goes again.
  const unsent = reminder > 0 || (!isRefusal && failure.outcome === 'unknown') ? {} : { sentAt: sentBefore };
  return database.transaction(async (tx) => {
    await lockContact(tx, contactId);
    const invitation = await lockInvitation(tx, id);
    // Where somebody else has saved that it was sent, there is nothing left to try.
    if (invitation?.status !== (reminder === 0 ? 'scheduled' : 'sent')) return undefined;
    if (failure.concerns === 'connection') {
      // Due now, it would be rechecked at once, and its ticket read, for as long as another email is on probation.
      const until = after((!isRefusal && failure.retryAfter) || probeWaitMs);
      const obstacle = { ...emailServerBusy, until, ...obstacleTo(context, brand) };
      await noteWaiting(tx, context, invitation, obstacle, unsent);
      return 'deferred';
    }
    if ((failure instanceof EmailRefused || failure instanceof EmailDelayed) && failure.fault === 'sender') {
      const reason = refusedAs('this_email', failure);
      if (isRefusal && !isDeepStrictEqual(invitation.waitingFor, reason)) reportRefusal(context, failure, brand);
      await noteWaiting(tx, context, invitation, { reason, until: after(senderRetryMs) }, unsent);
      return 'deferred';
    }
    const wait =
      failure instanceof Bounced ? undefined : (isRefusal ? policyRetriesMs : softRetriesMs)[invitation.attempts];
    if (wait !== undefined) {
      const reason = isRefusal
        ? refusedAs('this_email', failure)
        : ({ code: 'email_not_taken', params: { why: failure.why } } as const);
      if (isRefusal && !isDeepStrictEqual(invitation.waitingFor, reason)) reportRefusal(context, failure, brand);
      const attempts = invitation.attempts + 1;
      await noteWaiting(tx, context, invitation, { reason, until: after(wait) }, { ...unsent, attempts });
      return 'deferred';
    }
    if (failure instanceof Bounced) {
      const bounce = { kind: 'bounce' as const, reason: failure.reason, at: clock(), invitationId: id };
      await addAddressState(tx, { workspaceId, address: email, ...bounce });
      log.info({ code: 'email.bounced', reason: failure.reason }, 'An email bounced.');
    }
    await giveUp(tx, context, invitation, failure);
    return 'failed';
  });
}

/** Policy that was not changed in time is nobody's bounce. */
async function giveUp(
  tx: Queryable,
  context: InvitationsContext,
  invitation: InvitationRow,
  failure: EmailFailure,
): Promise<void> {
  if (invitation.status === 'sent') {
    await updateInvitation(tx, invitation.id, { dueAt: null, claimedUntil: null, clearedUntil: null });
    return;
  }
  const isPolicy = failure instanceof EmailRefused && !(failure instanceof Bounced);
  const bounced = { code: 'bounced', params: { why: failure.why } } as const;
  await withdraw(tx, context, [invitation], isPolicy ? refusedAs('given_up', failure) : bounced);
  await updateInvitation(tx, invitation.id, { ...(isPolicy ? {} : { status: 'bounced' as const }), sentAt: null });
}

type EmailFailure = EmailDelayed | EmailRefused;

function refusedAs(kind: 'this_email' | 'given_up', { why }: EmailFailure): DecisionReason {
  return { code: 'email_refused', params: { kind, why } };
}

function reportRefusal({ log }: InvitationsContext, { why }: EmailFailure, brand: BrandRow | undefined): void {
  const of = brand ? { brand: brand.key } : {};
  log.error({ code: 'email.refused', why, ...of }, 'The email server refuses an email. It waits until somebody acts.');
}
