import { isGiven, standsOnRecord } from '../../model/response.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { refreshCrmFields } from '../contacts/index.ts';
import { type InvitationRow, updateInvitation } from '../invitations/index.ts';
import { markTicketLater } from '../tickets/index.ts';
import type { ResponsesContext } from './context.ts';
import { countConfirmed } from './count-confirmed.ts';
import type { Standing } from './evidence/judge.ts';
import type { InvitedContact } from './invited.ts';
import { addResponse, findResponse, type ResponseRow, updateResponse } from './queries/responses.ts';

/** An answer, and whether it counts; `at` is when its number was chosen. */
export type GivenAnswer = { rating: number; comment: string | null; mayContact: boolean | null; at: Date } & Standing;

/**
 * Keeps an answer, or a change of it; the score on the contact's records and the mark on the ticket follow. Call it with
 * the contact and the invitation held.
 *
 * A change of mind keeps the count; the date moves with the rating, not with a late comment. What an agent retracted
 * stays off the record, whatever is changed.
 *
 * @returns the connections that have something to write
 */
export async function saveAnswer(
  tx: Queryable,
  { metrics }: Pick<ResponsesContext, 'metrics'>,
  { survey, scale, texts }: InvitedContact,
  invitation: InvitationRow,
  answer: GivenAnswer,
  now: Date,
): Promise<{ response: ResponseRow; outOfSync: ReadonlySet<string> }> {
  const existing = await findResponse(tx, invitation.id);
  const { rating, comment, mayContact, at } = answer;
  const standing =
    existing?.status === 'retracted'
      ? { status: existing.status, statusReason: existing.statusReason }
      : { status: answer.status, statusReason: answer.status === 'quarantined' ? answer.reason : null };
  const confirmedBy = answer.status === 'confirmed' ? answer.by : null;
  const onRecord = standsOnRecord({ ...standing, test: invitation.test });
  const values = { rating, comment, mayContact, ...standing, confirmedBy, onRecord, changedAt: now };
  if (existing) {
    // What was only tapped before is answered now.
    const times = isGiven(existing)
      ? { ratedAt: existing.rating === rating ? existing.ratedAt : at }
      : { answeredAt: at, ratedAt: at };
    await updateResponse(tx, existing.id, { ...values, ...times });
  } else {
    await addResponse(tx, {
      workspaceId: invitation.workspaceId,
      invitationId: invitation.id,
      contactId: invitation.contactId,
      surveyId: survey.id,
      surveyVersion: survey.version,
      metric: scale.metric,
      scale: scale.highest,
      test: invitation.test,
      beforeReopening: invitation.reopenedAt !== null,
      language: texts.language.tag,
      answeredAt: at,
      ratedAt: at,
      ...values,
    });
  }
  if (answer.status === 'confirmed') await updateInvitation(tx, invitation.id, { status: 'answered', dueAt: null });
  const response = await findResponse(tx, invitation.id);
  if (!response) throw new Error('the response vanished');
  if (response.status === 'confirmed' && existing?.status !== 'confirmed') countConfirmed({ metrics }, response);
  if (!onRecord) return { response, outOfSync: new Set() };
  const outOfSync = await refreshCrmFields(tx, invitation, now, { change: 'answered' });
  const ticketOf = invitation.ticketId === null ? undefined : await markTicketLater(tx, invitation.ticketId, now);
  return { response, outOfSync: new Set([...outOfSync, ...(ticketOf === undefined ? [] : [ticketOf])]) };
}
