import type { FailureMessage } from './failure-message.ts';
import type { Message, NoParameters } from './message.ts';

/** Why an event is to be looked at again. */
export type EventDelay =
  | Message<'no_requester_yet', NoParameters>
  | Message<'failed', { why: FailureMessage }>
  | Message<'internal', NoParameters>;

/** What came of an event of a connected system. */
export type EventOutcome =
  | Message<'resolved', { kind: 'asked' | 'not_asked'; n: number }>
  | Message<'still_resolved' | 'requester_changed' | 'outdated', NoParameters>
  | Message<'ticket_open' | 'ticket_reopened' | 'ticket_gone', NoParameters>
  | Message<'record_noted' | 'record_gone' | 'record_back' | 'record_merged', NoParameters>
  | Message<'no_tickets' | 'no_connection', NoParameters>
  | EventDelay
  | Message<'given_up', { why: EventDelay }>;
