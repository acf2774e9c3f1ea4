import type { Program } from './programs.ts';

/** A link of the email: a number, the page without one, the link that no person sees, or the way out. */
export type Link = number | 'page' | 'hidden' | 'unsubscribe';

/** One thing that is done with the links of an email. */
export type Step = {
  /** Milliseconds since the step before; the first counts from the email's leaving. */
  after: number;
  by: Program;
} & (
  | { open: Link; method?: 'HEAD'; headers?: Record<string, string> }
  /** A touch, click or key on the page that this program opened last, as the page's script tells it. */
  | { act: number }
  /** The form of the page that this program opened last; without any page where it opened none. */
  | { submit: number; comment?: string }
);

/** What becomes of it: an answer's status; nothing where there is no answer at all. */
export type Fate = 'confirmed' | 'unconfirmed' | 'quarantined' | undefined;

export type Behaviour = {
  name: string;
  steps: readonly Step[];
  /** At the levels strict, balanced and instant. */
  fates: readonly [Fate, Fate, Fate];
  /** The number that stands on the record, where one does. */
  rating?: number;
};

export const everyNumber: readonly Link[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
export const everyLink: readonly Link[] = ['hidden', ...everyNumber, 'page', 'unsubscribe'];

/** Opens these links one after the other: the first so long after the email has left, the others so long after the last. */
export function opens(
  by: Program,
  links: readonly Link[],
  { first, apart = 100, ...how }: { first: number; apart?: number; method?: 'HEAD'; headers?: Record<string, string> },
): readonly Step[] {
  return links.map((open, index) => ({ by, open, after: index === 0 ? first : apart, ...how }));
}
