import type { EventOutcome } from '../../model/messages/event-outcome.ts';

/** What refreshing a ticket or a record came to. */
export type Refreshed = {
  /** Nothing where nothing of the event that led to it is saved. */
  outcome: EventOutcome | null;
  /** When an email is due because of it. */
  due?: Date;
  /** The connections that have something to write. */
  outOfSync?: readonly string[];
  /** Whether the answer was overtaken by a newer one: it changed nothing. */
  overtaken?: boolean;
};
