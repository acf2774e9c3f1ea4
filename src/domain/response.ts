import type { Metric } from './survey/scale.ts';

/** One person's confirmed answer, with what it was about as it stood at the resolution. */
export type Response = {
  id: string;
  metric: Metric;
  /** The highest point of the scale it was given on. */
  scale: number;
  rating: number;
  comment: string | null;
  /** When they first answered: the order of a person's answers. */
  answeredAt: Date;
  /** When they last chose the rating; later than `answeredAt` after a change of mind. */
  ratedAt: Date;
  survey: string;
  /** The connector's name and the vendor's id, e.g. `zendesk:4711`. */
  ticket: string | null;
  agent: string | null;
};

export const longestComment = 10_000;

/**
 * A comment as it is kept: well-formed Unicode without control characters (line breaks and tabs stay), trimmed.
 * Nothing when nothing is left.
 */
export function cleanComment(raw: string): string | null {
  const cleaned = raw
    .toWellFormed()
    .replace(/\r\n?/gu, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
  return cleaned === '' ? null : cleaned;
}
