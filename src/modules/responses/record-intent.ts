import { milliseconds } from '../../model/duration.ts';
import { yieldsToTouch } from '../../model/response.ts';
import { isPoint } from '../../model/scale.ts';
import { wakeAheadMs } from '../../platform/jobs/timing.ts';
import { updateInvitation } from '../invitations/index.ts';
import { type Client, unknownClient } from './client.ts';
import type { ResponsesContext } from './context.ts';
import type { InvitedContact } from './invited.ts';
import { addIntent } from './queries/intents.ts';

/**
 * Keeps what a client did with a link. A number that was tapped or touched is judged when the comment window ends, which
 * begins anew with each.
 *
 * @returns the id of what was kept
 */
export async function saveIntent(
  { database, clock, wake }: ResponsesContext,
  { invitation, survey, response }: InvitedContact,
  intent: { kind: 'open' | 'hidden' | 'act'; rating?: number | undefined; page?: number },
  client: Client,
): Promise<number> {
  const now = clock();
  const { workspaceId, id: invitationId } = invitation;
  const { kind, rating = null, page = null } = intent;
  if (rating !== null && (!response || yieldsToTouch(response))) {
    const finalizeAt = new Date(now.getTime() + milliseconds(survey.content.timing.commentWindow));
    await updateInvitation(database.db, invitationId, { finalizeAt });
    if (finalizeAt.getTime() - now.getTime() < wakeAheadMs) await wake('finalize', workspaceId, finalizeAt);
  }
  return addIntent(database.db, { workspaceId, invitationId, kind, page, ...client }, rating, now);
}

/**
 * Keeps that a link was opened, with the number it stood for: a first intent. Mail scanners open links too, so opening
 * makes no score.
 *
 * @param rating as it stands in the link
 * @returns the number to show as chosen, if it is one of the scale, and what the page carries to prove that it is ours
 */
export async function recordOpening(
  context: ResponsesContext,
  invited: InvitedContact,
  rating: string | undefined,
  client: Client = unknownClient,
): Promise<{ chosen: number | undefined; page: string }> {
  const chosen = readRating(rating, invited);
  const opening = await saveIntent(context, invited, { kind: 'open', rating: chosen }, client);
  return { chosen, page: context.pageTokens.of(invited.invitation.id, opening) };
}

/** Keeps that somebody touched the page that we rendered, with the number that was chosen then. */
export async function recordIntent(
  context: ResponsesContext,
  invited: InvitedContact,
  { rating, page }: { rating: string | undefined; page: string },
  client: Client = unknownClient,
): Promise<void> {
  const chosen = readRating(rating, invited);
  const opening = context.pageTokens.read(invited.invitation.id, page);
  if (chosen === undefined || opening === undefined) return;
  await saveIntent(context, invited, { kind: 'act', rating: chosen, page: opening }, client);
}

/** Keeps that the link was opened that no person sees. */
export async function openHidden(
  context: ResponsesContext,
  invited: InvitedContact,
  client: Client = unknownClient,
): Promise<void> {
  await saveIntent(context, invited, { kind: 'hidden' }, client);
}

/** A number of the scale, written as a whole number; nothing otherwise. */
export function readRating(text: string | undefined, { scale }: Pick<InvitedContact, 'scale'>): number | undefined {
  if (text === undefined || !/^\d{1,2}$/u.test(text)) return undefined;
  const rating = Number(text);
  return isPoint(scale, rating) ? rating : undefined;
}
