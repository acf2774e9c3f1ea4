import type { AttentionMessage } from '../domain/attention-message.ts';
import type { AboutMessage, CheckMessage, EndingMessage } from '../domain/check-line.ts';
import type { DecisionNote, DecisionReason, DelayMessage, EndReason } from '../domain/decision/reasons.ts';
import type { OwnFailureMessage } from '../domain/failure-message.ts';
import type { OwnFindingMessage } from '../domain/finding.ts';

/** What can be said, by where it is told; each area has a file in every language of the catalog. */
export type Areas = {
  decisions: DecisionReason | DecisionNote | DelayMessage | EndReason;
  failures: OwnFailureMessage;
  findings: OwnFindingMessage | CheckMessage | EndingMessage | AboutMessage;
  attention: AttentionMessage;
};
