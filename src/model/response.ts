import type { Metric } from './scale.ts';

/** One contact's confirmed answer, with what it was about as it stood at the resolution. */
export type Response = {
  id: string;
  metric: Metric;
  /** The highest point of the scale it was given on. */
  scale: number;
  rating: number;
  comment: string | null;
  /** When they first answered: the order of a contact's answers. */
  answeredAt: Date;
  /** When they last chose the rating; later than `answeredAt` after a change of mind. */
  ratedAt: Date;
  survey: string;
  /** The connector's name and the vendor's id, as `connector:4711`. */
  ticket: string | null;
  agent: string | null;
};

/**
 * `unconfirmed`: nobody can say that a person meant it. `quarantined`: there is evidence of a machine. `retracted`: taken
 * off the record by hand, and whatever the customer changes, it stays off.
 */
export type ResponseStatus = 'pending' | 'confirmed' | 'unconfirmed' | 'quarantined' | 'retracted';

/** Whether it counts on the contact's record. */
export function standsOnRecord({ status, test }: { status: ResponseStatus; test: boolean }): boolean {
  return status === 'confirmed' && !test;
}

/** Whether it is what the contact told us, and theirs to see and to change. */
export function isGiven({ status }: { status: ResponseStatus }): boolean {
  return status === 'confirmed' || status === 'retracted';
}

/** Whether a tap or a touch may still decide it: what was submitted, or decided by somebody here, only a Submit changes. */
export function yieldsToTouch(response: { status: ResponseStatus; confirmedBy: string | null }): boolean {
  return !isGiven(response) || response.confirmedBy === 'act' || response.confirmedBy === 'tap';
}

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
