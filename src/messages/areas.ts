import type { DecisionNote, DecisionReason, DelayMessage, EndReason } from '../domain/decision/reasons.ts';
import type { ErrorMessage } from '../domain/error-message.ts';
import type { FailureMessage } from '../domain/failure-message.ts';
import type { FieldMessage } from '../domain/field-message.ts';

/** What can be said, by where it is told; each area has a file in every language of the catalog. */
export type Areas = {
  decisions: DecisionReason | DecisionNote | DelayMessage | EndReason;
  errors: ErrorMessage;
  failures: FailureMessage;
  fields: FieldMessage;
};
