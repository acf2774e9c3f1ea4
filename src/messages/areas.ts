import type { DecisionNote, DecisionReason, DelayMessage, EndReason } from '../domain/decision/reasons.ts';
import type { FailureMessage } from '../domain/failure-message.ts';

/** What can be said, by where it is told; each area has a file in every language of the catalog. */
export type Areas = {
  decisions: DecisionReason | DecisionNote | DelayMessage | EndReason;
  failures: FailureMessage;
};
