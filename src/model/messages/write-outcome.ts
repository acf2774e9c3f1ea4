import type { FailureMessage } from './failure-message.ts';
import type { Message, NoParameters } from './message.ts';

/** Why a system takes neither our values for one record nor our mark on one ticket, though it takes others. */
export type WriteRefusal =
  /** `said` holds the vendor's own codes and names of fields, never its prose; empty where it says none. */
  | Message<'refused', { said: string }>
  /** The record belongs to another account, is protected, or its ticket is closed: nobody may change it. */
  | Message<'locked', { kind: 'shared' | 'protected' | 'closed' }>
  | Message<'fields_missing', NoParameters>
  | Message<'failed', { why: FailureMessage }>;

/** Not done, and tried again. */
type WriteDelay =
  | Message<'unknown' | 'busy' | 'not_taken' | 'unread' | 'batch_failed', NoParameters>
  /** The record could not be looked for. */
  | Message<'not_searched', { why: FailureMessage }>
  | Message<'internal', NoParameters>;

/** What became of the last write to a record, or why there is none. */
export type RecordOutcome =
  | Message<'written', NoParameters>
  | WriteDelay
  | WriteRefusal
  | Message<'given_up', { why: WriteRefusal }>
  | Message<'unknown_address' | 'other_owner' | 'ambiguous', NoParameters>
  | Message<'gone' | 'merged' | 'followed' | 'back' | 'other_stands', NoParameters>;

/** What became of the mark on an answered ticket. */
export type MarkMessage =
  | Message<'marked' | 'unmarked' | 'ticket_gone' | 'marks_off', NoParameters>
  | Message<'busy' | 'unfinished', NoParameters>
  | WriteRefusal;
