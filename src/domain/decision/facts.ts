import type { Metric } from '../survey/scale.ts';
import type { SurveyContent } from '../survey/survey.ts';
import type { TicketSnapshot } from '../ticket.ts';

/** Everything that a decision rests on. It is a function of these and nothing else. */
export type Facts = {
  now: Date;
  survey: { key: string } & SurveyContent;
  /** Tickets resolved before this are never asked about. */
  listensSince: Date;
  resolution: {
    /** The vendor's own time of it, or where it tells none our best estimate. */
    resolvedAt: Date;
    /** Whether `resolvedAt` is the vendor's own. */
    exact: boolean;
    /** Whether we saw the ticket open before, so that it was certainly resolved since. */
    seenOpen: boolean;
    firstSeenAt: Date;
  };
  ticket: TicketSnapshot;
  /** The requester as we know them across all systems; absent when the ticket has none. */
  person?: {
    /** Normalised; absent when there is none that mail could be sent to. */
    email?: string;
    /** When they unsubscribed. */
    unsubscribedAt?: Date;
    bouncedAt?: Date;
    /** Any record of theirs says so, or our own opt-out. */
    doNotSurvey: boolean;
    /** Invitations to this person that count as asked, the one under decision left out. */
    asked: readonly { metric: Metric; survey: string; at: Date }[];
  };
  /** Normalised addresses that are the company's own, such as the sender's. */
  ownAddresses: ReadonlySet<string>;
  /** The survey that already asks about this resolution, when there is one. */
  askedBy?: string;
};

/**
 * One rule: what it says of the facts, or nothing when it has nothing against asking.
 *
 * `withheld` carries the sentence that the ledger shows; `notApplied` says that the system does not know the fact the
 * rule rests on, so that nobody believes it was looked at.
 */
export type Rule = {
  /** Stable: outsiders filter by it. */
  reason: string;
  judge(facts: Facts): { withheld: string } | { notApplied: string } | undefined;
};

/** A day as a sentence names it. */
export function day(date: Date): string {
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}
