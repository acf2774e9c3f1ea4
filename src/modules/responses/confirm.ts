import { milliseconds } from '../../model/duration.ts';
import { NotFound } from '../../model/errors.ts';
import { ratingPosition } from '../../model/scale.ts';
import { updateInvitation } from '../invitations/index.ts';
import { type Client, unknownClient } from './client.ts';
import type { ResponsesContext } from './context.ts';
import { isOtherDevice } from './evidence/other-device.ts';
import { createSubmitScale } from './evidence/weigh-submit.ts';
import { closedReason, givenAnswer, type InvitedContact } from './invited.ts';
import { lockInvitationWithContact } from './lock.ts';
import { addIntent, findTraces } from './queries/intents.ts';
import { findResponse, type ResponseRow } from './queries/responses.ts';
import { readComment } from './read-comment.ts';
import { saveAnswer } from './save-answer.ts';

/** What a form holds. */
export type Submitted = {
  rating: number;
  comment: string;
  mayContact?: boolean;
  /** Whether they were told that there is an answer from another device, and replace it all the same. */
  replaces?: boolean;
  /** What the page carried to prove that it is ours; a form may also come without our page. */
  page?: string | undefined;
};

/**
 * The page was submitted: this is the contact's answer, or a change of it. The score on their records follows at once.
 * What a machine submits is kept as such, and never over what a contact told us.
 *
 * An email is forwarded with its links: what another device sends never replaces an answer silently. While the answer
 * may still get its comment (`commentWindow`) it replaces it once they were told so; after that the answer stays, and what was
 * sent is kept as an intent only.
 *
 * @returns `unsaved` where the answer stays as it was: `asks` while it could be replaced, else `stays`
 * @throws RequestError when the comment is too long
 * @throws NotFound when the link stopped taking answers since it was opened
 */
export async function confirm(
  context: ResponsesContext,
  invited: InvitedContact,
  submitted: Submitted,
  client: Client = unknownClient,
): Promise<ResponseRow & { unsaved?: 'asks' | 'stays' }> {
  const { database, clock, pageTokens, wake } = context;
  const { rating } = submitted;
  const { comment, mayContact } = readFollowUp(invited, submitted);
  const page = submitted.page === undefined ? undefined : pageTokens.read(invited.invitation.id, submitted.page);
  const now = clock();
  const { response, outOfSync, unsaved } = await database.transaction(async (tx): Promise<Confirmed> => {
    const current = await lockInvitationWithContact(tx, invited.invitation);
    if (!current || closedReason({ ...invited, invitation: current }, now)) {
      throw new NotFound('link');
    }
    const of = { workspaceId: current.workspaceId, invitationId: current.id };
    const id = await addIntent(tx, { ...of, kind: 'submit', page: page ?? null, ...client }, rating, now);
    const traces = await findTraces(tx, current.id);
    const submit = traces.find((trace) => trace.id === id);
    const sign = submit && createSubmitScale(traces)(submit);
    const before = givenAnswer({ response: await findResponse(tx, current.id) });
    const earlier = traces.filter((trace) => trace.id !== id);
    if (before && sign === undefined && isOtherDevice(client, earlier)) {
      const { commentWindow } = invited.survey.content.timing;
      const isOpen = now.getTime() - before.answeredAt.getTime() <= milliseconds(commentWindow);
      if (!isOpen || !submitted.replaces) {
        return { response: before, outOfSync: new Set(), unsaved: isOpen ? 'asks' : 'stays' };
      }
    }
    const answer = { rating, comment, mayContact, at: now };
    if (sign === undefined) {
      await updateInvitation(tx, current.id, { finalizeAt: null });
      return saveAnswer(tx, context, invited, current, { ...answer, status: 'confirmed', by: 'submit' }, now);
    }
    if (before) return { response: before, outOfSync: new Set() };
    const reason = { code: 'quarantined', params: { signs: [sign] } } as const;
    return saveAnswer(tx, context, invited, current, { ...answer, status: 'quarantined', reason }, now);
  });
  for (const connectionId of outOfSync) await wake('write', connectionId);
  return unsaved === undefined ? response : { ...response, unsaved };
}

type Confirmed = { response: ResponseRow; outOfSync: ReadonlySet<string>; unsaved?: 'asks' | 'stays' };

/** Only what the survey asks for is kept. */
function readFollowUp({ survey, scale }: InvitedContact, { rating, comment: written, mayContact }: Submitted) {
  const { followUp } = survey.content;
  const comment = followUp.comment ? readComment(written) : null;
  const wasAsked = followUp.mayContact && ratingPosition(scale, rating) === 'bottom';
  return { comment, mayContact: wasAsked ? mayContact === true : null };
}
