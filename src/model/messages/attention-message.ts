import type { AboutMessage } from './check-line.ts';
import type { FailureMessage } from './failure-message.ts';
import type { FindingMessage } from './finding.ts';
import type { Message, NoParameters } from './message.ts';

/** What people know a connection by: the name that they gave it, or its system and account. */
export type ConnectionTitle =
  | Message<'connection', { kind: 'named'; name: string }>
  | Message<'connection', { kind: 'account'; system: string; account: string }>
  | Message<'connection', { kind: 'system'; system: string }>;

type OfConnection = { connection: ConnectionTitle };
type Paused = { kind: 'everything' } | ({ kind: 'connection' } & OfConnection);
type Found = OfConnection & { about: AboutMessage; found: FindingMessage };
type Waiting = { survey: string; count: number };
/** ISO 8601. */
type Since = { since: string };

/** What needs a person. */
export type AttentionMessage =
  | ConnectionTitle
  | Message<'connection_unauthorized', OfConnection & { why: FailureMessage }>
  | Message<'connection_closed', OfConnection>
  | Message<'no_worker' | 'no_connection' | 'public_url_missing' | 'no_survey_live', NoParameters>
  | Message<'email_server_missing', { surveys: readonly string[]; count: number }>
  | Message<'email_server_refused', Since & { why: FailureMessage }>
  | Message<'email_server_down' | 'email_server_throttled', Since>
  | Message<'brand_server_refused', Since & { brand: string; why: FailureMessage }>
  | Message<'brand_server_down' | 'brand_server_throttled', Since & { brand: string }>
  | Message<'emails_refused' | 'emails_deferred_by_cap', Waiting>
  | Message<'surveys_paused' | 'write_back_paused', Paused>
  | Message<'right_missing' | 'field_wrong' | 'field_missing' | 'webhook_missing', Found>
  | Message<'records_failed', OfConnection & { count: number }>
  | Message<'records_ambiguous', { count: number }>;
