import { cleanComment, longestComment } from '../../domain/response.ts';
import { InvalidInput, NotFound } from '../../errors.ts';
import { lockContact } from '../../store/contacts.ts';
import { lockInvitation, updateInvitation } from '../../store/invitations.ts';
import { addResponse, findResponse, type ResponseRow, updateResponse } from '../../store/responses.ts';
import { refreshScore } from '../../store/scores.ts';
import { markTicketLater } from '../../store/ticket-marks.ts';
import type { Context } from '../context.ts';
import { closedBecause, type Invited } from './invited.ts';

/**
 * The person submitted the page: this is their answer, or a change of it. The score on their records follows at once.
 *
 * A change of mind keeps the count and the link; the date moves with the rating, not with a late comment.
 *
 * @throws InvalidInput when the comment is too long
 * @throws NotFound when the link stopped taking answers since it was opened
 */
export async function confirm(
  context: Context,
  { invitation, survey, scale }: Invited,
  answer: { rating: number; comment: string },
): Promise<ResponseRow> {
  const { database, clock, wake } = context;
  const comment = cleanComment(answer.comment);
  if (comment !== null && [...comment].length > longestComment) {
    throw new InvalidInput(`the comment is longer than ${longestComment} characters`, {
      problems: [{ field: 'comment', problem: `must be at most ${longestComment} characters` }],
    });
  }
  const now = clock();
  const { response, behind } = await database.transaction(async (tx) => {
    await lockContact(tx, invitation.contactId);
    const current = await lockInvitation(tx, invitation.id);
    if (!current || closedBecause({ invitation: current }, now)) {
      throw new NotFound('this link takes no answer any more');
    }
    const existing = await findResponse(tx, current.id);
    if (existing) {
      const ratedAt = existing.rating === answer.rating ? existing.ratedAt : now;
      await updateResponse(tx, existing.id, { rating: answer.rating, comment, ratedAt, changedAt: now });
    } else {
      await addResponse(tx, {
        workspaceId: current.workspaceId,
        invitationId: current.id,
        contactId: current.contactId,
        surveyId: survey.id,
        surveyVersion: survey.version,
        metric: scale.metric,
        scale: scale.highest,
        rating: answer.rating,
        comment,
        confirmedBy: 'submit',
        answeredAt: now,
        ratedAt: now,
        changedAt: now,
      });
      await updateInvitation(tx, current.id, { status: 'answered', dueAt: null });
    }
    const kept = await findResponse(tx, current.id);
    if (!kept) throw new Error('the response vanished');
    const behind = await refreshScore(tx, current, now, { change: 'answered' });
    const ticketOf = current.ticketId === null ? undefined : await markTicketLater(tx, current.ticketId, now);
    return { response: kept, behind: new Set([...behind, ...(ticketOf === undefined ? [] : [ticketOf])]) };
  });
  for (const connectionId of behind) await wake('write', connectionId);
  return response;
}
