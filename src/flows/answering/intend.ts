import { isPoint } from '../../domain/survey/scale.ts';
import { addIntent } from '../../store/invitations.ts';
import type { Context } from '../context.ts';
import type { Invited } from './invited.ts';

/**
 * Keeps that a link was opened, with the number it stood for: a first intent. Mail scanners open links too, so nothing
 * else comes of it.
 *
 * @param rating as it stands in the link
 * @returns the number to show as chosen, if it is one of the scale
 */
export async function intend(
  context: Context,
  invited: Invited,
  rating: string | undefined,
): Promise<number | undefined> {
  const { invitation, scale } = invited;
  const chosen = readRating(rating, invited);
  await addIntent(
    context.database.db,
    { workspaceId: invitation.workspaceId, invitationId: invitation.id },
    chosen !== undefined && isPoint(scale, chosen) ? chosen : null,
    context.clock(),
  );
  return chosen;
}

/** A number of the scale, written as a whole number; nothing otherwise. */
export function readRating(text: string | undefined, { scale }: Pick<Invited, 'scale'>): number | undefined {
  if (text === undefined || !/^\d{1,2}$/u.test(text)) return undefined;
  const rating = Number(text);
  return isPoint(scale, rating) ? rating : undefined;
}
