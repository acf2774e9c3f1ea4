import type { FailureMessage } from './failure-message.ts';
import type { Message, NoParameters } from './message.ts';

/** What does not prove that a webhook or a panel's request comes from where it says. */
export type Distrust =
  | 'signature_missing'
  | 'signature_wrong'
  | 'time_unreadable'
  | 'too_old'
  | 'in_future'
  | 'claims_unreadable'
  | 'expired'
  | 'lives_too_long'
  | 'other_address';

/** What a request can name that is not there, or not for this caller. */
export type MissingThing =
  | 'address'
  | 'survey'
  | 'brand'
  | 'connection'
  | 'connector'
  | 'consent'
  | 'dry_run'
  | 'session'
  | 'response'
  | 'key'
  | 'member'
  | 'invitation'
  | 'contact'
  | 'event'
  | 'panel'
  | 'account'
  | 'bounce'
  | 'suppression'
  | 'source'
  | 'ticket'
  | 'link';

/** Why a request is turned away. The codes are what programs tell errors apart by; docs/api.md lists them. */
export type ErrorMessage =
  | Message<
      'invalid_input' | 'unreadable' | 'unsupported_media_type' | 'internal' | 'configuration_problem',
      NoParameters
    >
  /** In bytes; unknown where a proxy or parser does not say. */
  | Message<'too_large', { kind: 'limit'; limit: number } | { kind: 'unknown' }>
  | Message<'not_found', { what: MissingThing }>
  | Message<'upstream_busy' | 'untrusted_webhook', NoParameters>
  /** `said` is what the connector says of it, in English. */
  | Message<'upstream_refused', { why: FailureMessage }>
  | AccessError
  | RequestLimit
  | IdempotencyError
  | SurveyError
  | ResponseError
  | ConnectionError;

type AccessError =
  | Message<'unauthorized' | 'foreign_origin' | 'fresh_sign_in_required' | 'two_factor_required', NoParameters>
  | Message<
      'forbidden',
      { kind: 'self' } | { kind: 'role'; scope: string; role: string } | { kind: 'key'; scope: string }
    >
  | Message<'scopes_missing', { scopes: readonly string[] }>
  | Message<
      'owners_only' | 'last_owner' | 'already_member' | 'works_elsewhere' | 'own_two_factor_missing',
      NoParameters
    >
  | Message<'link_expired', { kind: 'invitation' | 'reset' | 'setup' }>
  | Message<'account_exists' | 'address_has_account' | 'single_sign_on_only', NoParameters>
  | Message<'two_factor_unreadable' | 'code_used' | 'weak_password', NoParameters>
  | Message<'incorrect', { kind: 'password' | 'code' }>;

/** `wait` is ISO 8601; `max` how many there may be in 24 hours. */
type RequestLimit = Message<
  'too_many_requests',
  { kind: 'requests' | 'account'; wait: string } | { kind: 'test_emails' | 'invitations'; wait: string; max: number }
>;

type IdempotencyError = Message<
  'idempotency_key_reused' | 'idempotency_in_progress' | 'idempotency_answer_lost',
  NoParameters
>;

type SurveyError =
  | Message<'key_taken', { kind: 'survey' | 'brand'; key: string }>
  | Message<'brand_in_use', { surveys: readonly string[] }>
  | Message<'survey_in_file' | 'survey_changed' | 'survey_published', { survey: string }>
  | Message<'survey_status', { survey: string; status: string; allowed: readonly string[] }>
  | Message<'survey_not_publishable' | 'scale_fixed' | 'survey_asks_none' | 'contact_not_asked', NoParameters>
  | Message<'no_connection' | 'no_email_server', NoParameters>;

type ResponseError =
  | Message<'already_retracted' | 'nothing_to_restore' | 'still_judged', NoParameters>
  | Message<'merged_with_itself', NoParameters>;

type ConnectionError =
  | Message<'consent_declined' | 'consent_without_code' | 'foreign_consent' | 'consent_expired', NoParameters>
  | Message<'foreign_workspace' | 'account_unavailable' | 'connection_closed' | 'connection_ended', NoParameters>
  | Message<'account_connected', { kind: 'here' | 'otherwise'; account: string }>
  | Message<'nothing_to_check' | 'write_back_off' | 'other_account', NoParameters>
  | Message<'keys_elsewhere', { kind: 'environment' | 'authorization' | 'sandbox' }>
  | Message<'keys_invalid' | 'keys_refused' | 'system_silent', { system: string }>
  | Message<'fields_fixed', { system: string }>
  | Message<'panel_secret_shared' | 'panel_not_shown' | 'step_invalid' | 'no_contact_beside_panel', NoParameters>
  | Message<'invalid_event', { kind: 'form' | 'id' | 'time' | 'object' }>;
