/** One thing that a client did with the links of an invitation. */
export type Trace = {
  /** In the order in which they happened. */
  id: number;
  /** As the table of intents has them: a page or a number opened, the link that no person sees, a touch, the form. */
  kind: 'open' | 'hidden' | 'act' | 'submit';
  rating: number | null;
  /** The browser, by our cookie; nothing from a client that keeps none. */
  visitor: string | null;
  /** The same for all that come from one address with one program. */
  network: string | null;
  /** The name of a known program that is no person's browser. */
  scanner: string | null;
  /** The opening that rendered the page it was done on; nothing where the page was never loaded. */
  page: number | null;
  at: Date;
};

/** A trace with the number it stands for. */
export type RatedTrace = Trace & { rating: number };

export function isRated(trace: Trace): trace is RatedTrace {
  return trace.rating !== null;
}
