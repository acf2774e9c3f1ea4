import type { Condition } from '../conditions.ts';
import type { Zone } from '../zones.ts';
import type { EmailFailureMessage } from './failure-message.ts';
import type { Message, NoParameters } from './message.ts';

/** A moment, ISO 8601 in UTC. */
type Timestamp = string;

/** ISO 8601, such as `P90D`. */
type Duration = string;

/** What a condition is about. `property` is the property's name, where `field` is `property`. */
type Field = { field: Condition['field']; property?: string };

/** What a condition lets through. */
export type Allowed =
  | { kind: 'only' | 'except'; values: readonly string[] }
  | { kind: 'at_least'; atLeast: number }
  | { kind: 'at_most'; atMost: number }
  | { kind: 'between'; atLeast: number; atMost: number };

/** Why somebody is asked, waits, or is not asked. The codes are what outsiders filter by. */
export type DecisionReason =
  | AskedReason
  | RuleReason
  | DeferralReason
  | Message<'no_survey' | 'survey_not_live' | 'requester_changed' | 'contact_erased', NoParameters>
  | Message<'bounced', { why: EmailFailureMessage }>;

/** Why an invitation has ended. */
export type EndReason = DecisionReason | Message<'unanswered' | 'asked_again', NoParameters>;

/** `kind` is whose wish it was, or `test`. */
type AskedReason =
  | Message<
      'asked',
      {
        kind: 'resolution' | 'api' | 'workflow' | 'console' | 'agent' | 'test';
        survey: string;
        when: DelayMessage;
      }
    >
  | Message<'asked', { kind: 'sent'; survey: string }>
  | Message<'asked', { kind: 'not_reminded'; why: DecisionReason }>;

/** How long after its occasion somebody is asked, and why longer than usual. */
export type DelayMessage =
  | Message<'delay.at_once', NoParameters>
  | Message<'delay.usual' | 'delay.after_reopening' | 'delay.long_ticket', { delay: Duration }>;

/** What a rule has against asking. */
export type RuleReason =
  | Message<'merged', NoParameters>
  | Message<'gone', { kind?: 'merged' }>
  | Message<'spam' | 'reopened' | 'unknown_time' | 'no_requester' | 'no_email' | 'suspended', NoParameters>
  | Message<'shared' | 'opted_out' | 'closed_by_automation' | 'no_public_reply', NoParameters>
  | Message<'before_connection', { resolvedAt: Timestamp }>
  | Message<'too_late', { resolvedAt: Timestamp; firstSeenAt: Timestamp }>
  | Message<'own_team', { kind: 'staff' | 'address' | 'domain' }>
  | Message<'machine', { kind: 'known' | 'address' }>
  | Message<'undeliverable', { kind: 'bounced'; at: Timestamp } | { kind: 'marked' }>
  | Message<'complained' | 'unsubscribed_survey', { at: Timestamp }>
  | Message<'unsubscribed', { at: Timestamp } | { kind: 'meanwhile' }>
  | Message<'suppressed', { kind: 'unsubscribed' | 'erased' }>
  | Message<'do_not_survey', { kind: 'on_record' | 'here' }>
  | Message<'ticket_conditions' | 'contact_conditions', { survey: string } & Field & Allowed>
  | Message<'another_survey', { survey: string }>
  | Message<'mirrored', { system: string }>
  | Message<'quiet_period', QuietPeriodParams>;

/** `kind` is whether the other invitation has left, and whether this one waits for the end. */
type QuietPeriodParams = {
  kind: 'asked' | 'scheduled' | 'asked_waits' | 'scheduled_waits';
  survey: string;
  /** The survey that asked, or is about to. */
  other: string;
  at: Timestamp;
  period: Duration;
  ends: Timestamp;
};

/** Why an email that is due does not leave yet. */
type DeferralReason =
  | Message<'quiet_hours', { notes: readonly DecisionNote[] }>
  | Message<'paused', { kind: 'everything' | 'connection' }>
  | Message<'survey_paused' | 'email_server_busy' | 'email_server_throttled', NoParameters>
  | Message<'daily_cap', { survey: string; sent: number }>
  | Message<'no_email_server', { kind: 'unset' } | { kind: 'not_allowed' | 'unreadable'; brand: string }>
  | Message<'no_sender', { brand: string }>
  | Message<'email_refused', EmailRefusedParams>
  | Message<'email_not_taken', { why: EmailFailureMessage }>
  | Message<'connection_unauthorized' | 'connection_busy', ConnectionTrouble>;

/** What cannot be read before asking. */
type ConnectionTrouble = { kind: 'ticket' | 'record' } | { kind: 'elsewhere'; system: string };

/** `kind` is whose server refuses, or what: this email alone, for now or for good, or everybody. */
type EmailRefusedParams =
  | { kind: 'usual' | 'this_email' | 'given_up'; why: EmailFailureMessage }
  | { kind: 'brand'; brand: string; why: EmailFailureMessage }
  | { kind: 'all' };

/** A rule that could not be applied, or something that was assumed. */
export type DecisionNote =
  | Message<'system_unread', { system: string }>
  | Message<'automation_unknown' | 'replies_unknown', NoParameters>
  | Message<'condition_unknown', Field>
  | Message<'moved', { kind: 'quiet_hours' | 'weekends' | 'both'; at: Timestamp; timeZone: string }>
  | Message<'zone_ignored' | 'zone_assumed', { of: Zone['of']; zone: string }>;
