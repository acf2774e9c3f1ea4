import type { AttentionMessage } from '../domain/attention-message.ts';
import type { AboutMessage, CheckMessage, EndingMessage } from '../domain/check-line.ts';
import type { DecisionNote, DecisionReason, DelayMessage, EndReason } from '../domain/decision/reasons.ts';
import type { ErrorMessage } from '../domain/error-message.ts';
import type { EventOutcome } from '../domain/event-outcome.ts';
import type { SignMessage, StatusReason } from '../domain/evidence/status-reason.ts';
import type { OwnFailureMessage } from '../domain/failure-message.ts';
import type { FieldMessage } from '../domain/field-message.ts';
import type { OwnFindingMessage } from '../domain/finding.ts';
import type { FlagReason } from '../domain/flag-reason.ts';
import type { ReportNote } from '../domain/report-note.ts';
import type { MarkMessage, RecordOutcome } from '../domain/write-outcome.ts';

/** What can be said, by where it is told; each area has a file in every language of the catalog. */
export type Areas = {
  decisions: DecisionReason | DecisionNote | DelayMessage | EndReason;
  errors: ErrorMessage;
  events: EventOutcome;
  evidence: StatusReason | SignMessage;
  failures: OwnFailureMessage;
  findings: OwnFindingMessage | CheckMessage | EndingMessage | AboutMessage;
  attention: AttentionMessage;
  fields: FieldMessage;
  /** Written to the CRM, in the language of the workspace. */
  flags: FlagReason;
  reports: ReportNote;
  writes: RecordOutcome | MarkMessage;
};
