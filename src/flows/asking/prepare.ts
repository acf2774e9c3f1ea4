import { decide } from '../../domain/decision/decide.ts';
import type { TicketSnapshot } from '../../domain/ticket.ts';
import { UpstreamBusy, UpstreamRefused } from '../../errors.ts';
import { type ConnectionRow, findConnection } from '../../store/connections.ts';
import { type ContactRow, lockContact } from '../../store/contacts.ts';
import type { Queryable } from '../../store/database.ts';
import { recordVerdict } from '../../store/decisions.ts';
import {
  findInvitation,
  type InvitationRow,
  lockInvitation,
  sentSince,
  updateInvitation,
} from '../../store/invitations.ts';
import { findSurvey, type VersionedSurvey } from '../../store/surveys.ts';
import { findResolution, findTicketById, type TicketRow } from '../../store/tickets.ts';
import { noteFailure } from '../connecting/refuse.ts';
import type { Context } from '../context.ts';
import { gatherFacts } from './facts.ts';
import { noteWaiting, type Obstacle } from './hold-back.ts';
import { settleTicket } from './settle-ticket.ts';
import { withdraw } from './withdraw.ts';

/** An invitation that may leave now, decided anew on what the vendor shows now. */
export type Prepared = { invitation: InvitationRow; survey: VersionedSurvey; contact: ContactRow; reminder: number };

const day = 86_400_000;
const lookAgainAfter = 60_000;

/**
 * Reads ticket and contact again and decides again. What must not leave is withdrawn, what must wait is postponed;
 * both are said in the ledger.
 */
export async function prepare(context: Context, invitation: InvitationRow): Promise<Prepared | undefined> {
  const { database } = context;
  const ticket = invitation.ticketId === null ? undefined : await findTicketById(database.db, invitation.ticketId);
  const row = ticket && (await findConnection(database.db, ticket.connectionId));
  if (!ticket || !row) throw new Error('an invitation without its ticket');
  const read = await readAgain(context, ticket, row);
  if ('because' in read) {
    await database.transaction((tx) => noteWaiting(tx, context, invitation, read));
    return undefined;
  }
  const behind: string[] = [];
  const prepared = await database.transaction(async (tx) => {
    const settled = await settleTicket(tx, context, row, ticket.externalId, read.snapshot);
    behind.push(...(settled.behind ?? []));
    if (settled.overtaken) {
      const dueAt = new Date(context.clock().getTime() + lookAgainAfter);
      await updateInvitation(tx, invitation.id, { dueAt, claimedUntil: null });
      return undefined;
    }
    // Whoever else holds both takes the person first: do not wait for them with an invitation just withdrawn in hand.
    if ((await findInvitation(tx, invitation.id))?.status === 'withdrawn') return undefined;
    const contact = await lockContact(tx, invitation.contactId);
    const current = await lockInvitation(tx, invitation.id);
    if (!contact || !current) return undefined;
    const again = read.snapshot && { row, contact, snapshot: read.snapshot, current };
    if (again && current.status === 'scheduled') return decideAgain(tx, context, again);
    if (again && current.status === 'sent') return remindAgain(tx, context, again);
    await updateInvitation(tx, current.id, { dueAt: null, claimedUntil: null });
    return undefined;
  });
  for (const connectionId of behind) await context.wake('write', connectionId);
  return prepared;
}

type Read = { snapshot: TicketSnapshot | undefined };

async function readAgain(context: Context, ticket: TicketRow, row: ConnectionRow): Promise<Read | Obstacle> {
  const later = new Date(context.clock().getTime() + lookAgainAfter);
  const live = context.connections.find(row.id);
  if (row.askingPausedAt) return { reason: 'paused', because: 'Asking is paused for this connection.', until: later };
  if (!live?.capabilities.tickets || row.status === 'refused') {
    const because = 'The ticket cannot be read again before asking, because its connection is not working.';
    return { reason: 'connection_refused', because, until: later };
  }
  try {
    return { snapshot: await live.capabilities.tickets.find(ticket.externalId) };
  } catch (failure) {
    if (!(failure instanceof UpstreamBusy || failure instanceof UpstreamRefused)) throw failure;
    const because = 'The ticket cannot be read again before asking yet.';
    const until = failure.concerns === 'connection' ? await noteFailure(context, live, failure) : later;
    return { reason: 'connection_busy', because, until };
  }
}

type Again = { row: ConnectionRow; contact: ContactRow; snapshot: TicketSnapshot; current: InvitationRow };

async function decideAgain(tx: Queryable, context: Context, again: Again): Promise<Prepared | undefined> {
  const { row, contact, snapshot, current } = again;
  const now = context.clock();
  const survey = await findSurvey(tx, current.surveyId, current.surveyVersion);
  const resolution = await findResolution(tx, current.resolutionId ?? '');
  if (!survey || !resolution) throw new Error('an invitation without its survey');
  if (survey.status !== 'live') {
    const because = `Survey "${survey.key}" stopped being live before the mail left.`;
    await withdraw(tx, context, [current], { reason: 'survey_not_live', because });
    return undefined;
  }
  const about = { connection: row, resolution, snapshot, contact };
  const judgement = decide(await gatherFacts(tx, context, about, survey, { except: current.id }));
  if (judgement.verdict === 'withheld') {
    await withdraw(tx, context, [current], judgement);
    return undefined;
  }
  const dayAgo = new Date(now.getTime() - day);
  const { sent, first } = await sentSince(tx, current, dayAgo);
  // A letter whose fate was unknown keeps the place that it took.
  const hasPlace = current.sentAt !== null && current.sentAt > dayAgo;
  if (!hasPlace && sent >= (survey.content.audience.dailyCap ?? Number.POSITIVE_INFINITY)) {
    context.log.warn(
      { survey: survey.key, dailyCap: survey.content.audience.dailyCap },
      'a survey has reached its daily cap: the rest wait',
    );
    const because = `Survey "${survey.key}" has asked ${sent} people in the last 24 hours, as many as it may.`;
    const until = new Date((first ?? now).getTime() + day);
    await noteWaiting(tx, context, current, { reason: 'daily_cap', because, until });
    return undefined;
  }
  // It counts against the cap and as asked from here on; a mail that is refused is taken back.
  await updateInvitation(tx, current.id, { sentAt: now });
  return { invitation: current, survey, contact, reminder: 0 };
}

/** A reminder goes only to somebody who could be asked now, were it not for having been asked. */
async function remindAgain(tx: Queryable, context: Context, again: Again): Promise<Prepared | undefined> {
  const { row, contact, snapshot, current } = again;
  const survey = await findSurvey(tx, current.surveyId, current.surveyVersion);
  const resolution = await findResolution(tx, current.resolutionId ?? '');
  if (!survey || !resolution) throw new Error('an invitation without its survey');
  const about = { connection: row, resolution, snapshot, contact };
  const facts = await gatherFacts(tx, context, about, survey, { except: current.id });
  const judgement = decide({ ...facts, ...(facts.person ? { person: { ...facts.person, asked: [] } } : {}) });
  const expired = current.expiresAt !== null && current.expiresAt <= context.clock();
  if (judgement.verdict === 'withheld' || survey.status !== 'live' || expired) {
    await updateInvitation(tx, current.id, { dueAt: null, claimedUntil: null });
    if (judgement.verdict === 'withheld') {
      const kept = {
        verdict: 'asked' as const,
        reason: 'asked',
        because: `Asked, and not reminded: ${judgement.because}`,
        notes: [],
      };
      await recordVerdict(tx, current, kept, context.clock());
    }
    return undefined;
  }
  return { invitation: current, survey, contact, reminder: current.remindersSent + 1 };
}
