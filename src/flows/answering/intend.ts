import { isPoint } from '../../domain/survey/scale.ts';
import type { Context } from '../context.ts';
import { type Client, unknownClient } from './client.ts';
import type { Invited } from './invited.ts';
import { keepIntent } from './keep-intent.ts';

/**
 * Keeps that a link was opened, with the number it stood for: a first intent. Mail scanners open links too, so opening
 * makes no score.
 *
 * @param rating as it stands in the link
 * @returns the number to show as chosen, if it is one of the scale, and what the page carries to prove that it is ours
 */
export async function intend(
  context: Context,
  invited: Invited,
  rating: string | undefined,
  client: Client = unknownClient,
): Promise<{ chosen: number | undefined; page: string }> {
  const chosen = readRating(rating, invited);
  const opening = await keepIntent(context, invited, { kind: 'open', rating: chosen }, client);
  return { chosen, page: context.pageTokens.of(invited.invitation.id, opening) };
}

/** Keeps that somebody touched the page that we rendered, with the number that was chosen then. */
export async function act(
  context: Context,
  invited: Invited,
  { rating, page }: { rating: string | undefined; page: string },
  client: Client = unknownClient,
): Promise<void> {
  const chosen = readRating(rating, invited);
  const opening = context.pageTokens.read(invited.invitation.id, page);
  if (chosen === undefined || opening === undefined) return;
  await keepIntent(context, invited, { kind: 'act', rating: chosen, page: opening }, client);
}

/** Keeps that the link was opened that no person sees. */
export async function openHidden(context: Context, invited: Invited, client: Client = unknownClient): Promise<void> {
  await keepIntent(context, invited, { kind: 'hidden' }, client);
}

/** A number of the scale, written as a whole number; nothing otherwise. */
export function readRating(text: string | undefined, { scale }: Pick<Invited, 'scale'>): number | undefined {
  if (text === undefined || !/^\d{1,2}$/u.test(text)) return undefined;
  const rating = Number(text);
  return isPoint(scale, rating) ? rating : undefined;
}
