import type { AttentionMessage } from '../../model/messages/attention-message.ts';
import type { AboutMessage, CheckMessage, EndingMessage } from '../../model/messages/check-line.ts';
import type { DecisionNote, DecisionReason, DelayMessage, EndReason } from '../../model/messages/decision-reason.ts';
import type { ErrorMessage } from '../../model/messages/error-message.ts';
import type { EventOutcome } from '../../model/messages/event-outcome.ts';
import type { OwnFailureMessage } from '../../model/messages/failure-message.ts';
import type { FieldMessage } from '../../model/messages/field-message.ts';
import type { OwnFindingMessage } from '../../model/messages/finding.ts';
import type { FlagReason } from '../../model/messages/flag-reason.ts';
import type { ReportNote } from '../../model/messages/report-note.ts';
import type { SignMessage, StatusReason } from '../../model/messages/status-reason.ts';
import type { MarkMessage, RecordOutcome } from '../../model/messages/write-outcome.ts';

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
