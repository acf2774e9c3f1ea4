import type { Trace } from './trace.ts';

/** What a sign looks at. */
export type Scene = {
  /** The touch, or the tapped link, that is weighed. */
  trace: Trace;
  /** The opening of its page. */
  opening: Trace;
  /** Everything that was opened in one go with that. */
  burst: readonly Trace[];
  /** Everything that was done with the links so far. */
  traces: readonly Trace[];
  /** How many numbers the mail offers. */
  points: number;
  /** When the mail left; nothing where the link came by another way. */
  sentAt: Date | null;
};

/** One sign of a machine: the sentence that says it, or nothing where it is not there. */
export type Sign = (scene: Scene) => string | undefined;

/** The different numbers that were opened. */
export function numbersIn(traces: readonly Trace[]): ReadonlySet<number> {
  return new Set(traces.flatMap(({ kind, rating }) => (kind === 'open' && rating !== null ? [rating] : [])));
}
