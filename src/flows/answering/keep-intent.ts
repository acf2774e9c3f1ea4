import { milliseconds } from '../../domain/duration.ts';
import { yieldsToTouch } from '../../domain/response.ts';
import { addIntent } from '../../store/intents.ts';
import { updateInvitation } from '../../store/invitations.ts';
import type { Context } from '../context.ts';
import type { Client } from './client.ts';
import type { Invited } from './invited.ts';

/** How far ahead a judgement is given a wake-up of its own; the sweep finds the rest. */
export const wakeAhead = 90_000;

/**
 * Keeps what a client did with a link. A number that was tapped or touched is judged when the comment window ends, which
 * begins anew with each.
 *
 * @returns the id of what was kept
 */
export async function keepIntent(
  { database, clock, wake }: Context,
  { invitation, survey, response }: Invited,
  intent: { kind: 'open' | 'hidden' | 'act'; rating?: number | undefined; page?: number },
  client: Client,
): Promise<number> {
  const now = clock();
  const { workspaceId, id: invitationId } = invitation;
  const { kind, rating = null, page = null } = intent;
  if (rating !== null && (!response || yieldsToTouch(response))) {
    const finalizeAt = new Date(now.getTime() + milliseconds(survey.content.timing.commentWindow));
    await updateInvitation(database.db, invitationId, { finalizeAt });
    if (finalizeAt.getTime() - now.getTime() < wakeAhead) await wake('finalize', workspaceId, finalizeAt);
  }
  return addIntent(database.db, { workspaceId, invitationId, kind, page, ...client }, rating, now);
}
