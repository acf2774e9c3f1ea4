import type { FailureMessage } from './failure-message.ts';
import type { Message } from './message.ts';

type None = Record<string, never>;

/** Why an event is to be looked at again. */
export type EventDelay =
  | Message<'no_requester_yet', None>
  | Message<'failed', { why: FailureMessage }>
  | Message<'internal', None>;

/** What came of an event of a connected system. */
export type EventOutcome =
  | Message<'resolved', { kind: 'asked' | 'not_asked'; n: number }>
  | Message<'still_resolved' | 'requester_changed' | 'outdated', None>
  | Message<'ticket_open' | 'ticket_reopened' | 'ticket_gone', None>
  | Message<'record_noted' | 'record_gone' | 'record_back' | 'record_merged', None>
  | Message<'no_tickets' | 'no_connection', None>
  | EventDelay
  | Message<'given_up', { why: EventDelay }>;
