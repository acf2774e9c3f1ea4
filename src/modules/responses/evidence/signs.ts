import { numbersNear } from './burst.ts';
import type { Sign } from './sign.ts';

/** In one go by whomever, or by one browser however long it took. */
export const allLinks: Sign = ({ burst, visitor, points }) =>
  [burst, visitor].some((opened) => opened !== undefined && opened.times.size >= points)
    ? { code: 'all_links', params: { numbers: points } }
    : undefined;

/** No person sees it, so whoever opens it opens everything. */
export const hiddenLink: Sign = ({ burst, visitor }) =>
  burst?.hidden || visitor?.hidden ? { code: 'hidden_link', params: { kind: 'along' } } : undefined;

export const knownProgram: Sign = ({ trace, opening }) => {
  const program = trace.scanner ?? opening.scanner;
  return program === null ? undefined : { code: 'known_program', params: { kind: 'opened', program } };
};

/** So many different numbers within so many seconds: somebody who tapped the wrong one needs longer to go back. */
const tooMany = [
  { numbers: 2, within: 2 },
  { numbers: 3, within: 10 },
] as const;

export const severalNumbers: Sign = ({ opening, burst }) => {
  for (const { numbers, within } of tooMany) {
    const found = burst === undefined ? 0 : numbersNear(burst, opening.at, within * 1000);
    if (found >= numbers) return { code: 'several_numbers', params: { numbers: found, within: `PT${within}S` } };
  }
  return undefined;
};

/** Nobody has received, opened and read an email by then. */
const soonest = 10;

export const soonAfterDelivery: Sign = ({ opening, sentAt }) => {
  if (sentAt === null) return undefined;
  const seconds = (opening.at.getTime() - sentAt.getTime()) / 1000;
  return seconds < soonest ? { code: 'soon_after_delivery', params: { within: `PT${soonest}S` } } : undefined;
};
