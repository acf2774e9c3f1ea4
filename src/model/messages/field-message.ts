import type { FindingMessage } from './finding.ts';
import type { Message, NoParameters } from './message.ts';

/** What is wrong with one field of what was sent, or with one setting. */
export type FieldMessage =
  | ValueMessage
  | UrlMessage
  | SurveyMessage
  | AccessMessage
  | SystemMessage
  | SettingMessage
  | SettingWarning;

/** A field's path, as `audience.conditions.2`, and what is wrong with what stands there. */
export type FieldProblem = { field: string; message: FieldMessage };

/** Whatever it is about: its type, its size, its form. */
type ValueMessage =
  | Message<'field.required' | 'field.empty' | 'field.empty_list' | 'field.unknown' | 'field.invalid', NoParameters>
  | Message<
      'field.wrong_type',
      { kind: 'text' | 'number' | 'whole_number' | 'boolean' | 'list' | 'object' | 'unknown' }
    >
  | Message<'field.too_short' | 'field.too_small' | 'field.list_too_short', { min: number }>
  | Message<'field.too_long' | 'field.too_big' | 'field.list_too_long', { max: number }>
  | Message<'field.out_of_range', { min: number; max: number }>
  | Message<'field.not_one_of' | 'field.reserved', { values: readonly string[] }>
  | Message<'field.email' | 'field.id' | 'field.number' | 'field.timestamp' | 'field.day', NoParameters>
  | Message<'field.timestamp_or_day' | 'field.time_of_day' | 'field.before_until', NoParameters>
  | Message<'field.sort', { columns: readonly string[] }>
  | Message<'field.time_zone' | 'field.domain' | 'field.duration' | 'field.color' | 'field.language_tag', NoParameters>
  | Message<'field.machine_address' | 'field.key' | 'field.internal_name' | 'field.printable', NoParameters>
  /** Both ISO 8601. */
  | Message<'field.duration_range', { min: string; max: string }>
  | Message<'field.used_twice', { value: string }>
  | Message<'field.not_json' | 'field.not_storable' | 'field.not_future' | 'field.not_past', NoParameters>
  | Message<'field.too_deep', { max: number }>
  | Message<'field.sort_columns' | 'field.reason', { max: number }>
  | Message<'field.same_times' | 'field.cursor' | 'field.end_before_start', NoParameters>;

/** An address on the web, of a vendor's API, or of an email server. */
type UrlMessage =
  | Message<'field.http_url' | 'field.https_url' | 'field.smtp_url' | 'field.postgres_url', NoParameters>
  | Message<'field.url_spaces' | 'field.url_credentials' | 'field.url_query' | 'field.url_fragment', NoParameters>
  | Message<'field.url_path' | 'field.url_host' | 'field.url_encoding', NoParameters>
  | Message<'field.smtp_parameters' | 'field.smtp_tls' | 'field.address_not_public', NoParameters>
  | Message<'field.smtp_port', { ports: readonly string[] }>;

type SurveyMessage =
  | Message<'field.condition' | 'field.is_or_is_not', NoParameters>
  | Message<'field.unknown_language', { language: string; languages: readonly string[] }>
  | Message<'field.unknown_placeholder', { placeholder: string; placeholders: readonly string[] }>
  | Message<'field.missing_placeholder', { placeholder: string }>
  | Message<'field.unknown_survey', { surveys: readonly string[] }>
  | Message<'field.unknown_brand', { brand: string; brands: readonly string[] }>
  | Message<'field.survey_not_live', { status: string }>
  | Message<'field.no_version' | 'field.no_sender' | 'field.asks_all' | 'field.scale_fixed', NoParameters>
  | Message<'field.no_connection' | 'field.rating_or_comment', NoParameters>
  | Message<'field.order_incomplete', { keys: readonly string[] }>
  | Message<'field.too_fine', { max: number }>;

type AccessMessage =
  | Message<'field.weak_password', { kind: 'few_characters' | 'frequent' | 'own' }>
  | Message<
      'field.incorrect' | 'field.not_your_workspace' | 'field.not_your_scope' | 'field.already_member',
      NoParameters
    >
  | Message<'field.key_taken' | 'field.idempotency_key', NoParameters>;

/** Whatever a connected system has, and the keys that open it. */
type SystemMessage =
  | Message<'field.unknown_contact', { system: string }>
  | Message<'field.contact_not_here' | 'field.ticket_or_contact' | 'field.contact_or_email', NoParameters>
  | Message<'field.address_taken' | 'field.not_of_contacts', NoParameters>
  | Message<'field.subdomain', { example: string; address: string }>
  | Message<'field.whole_domain', { domain: string; example: string }>
  | Message<'field.system_number' | 'field.not_a_setting', { system: string }>
  | Message<'field.field_name_taken', { name: string; fields: readonly string[] }>
  | Message<'field.address_of_sandbox' | 'field.address_closed', NoParameters>
  | Message<'field.keys_unusable' | 'field.keys_unanswered', NoParameters>
  /** What the vendor's side said, by its connector. */
  | Message<'field.refused', { found: FindingMessage }>
  | Message<'field.other_account', { account: string; own: string }>
  | Message<'field.account_connected', { account: string; connection: string }>
  | Message<'field.not_clearable' | 'field.keep_only' | 'field.write_back_off', NoParameters>
  | Message<'field.not_removable', { system: string }>;

/** A setting of the environment, or a file that one names. */
type SettingMessage =
  | Message<'field.required_with', { setting: string }>
  | Message<'field.email_with_name' | 'field.port' | 'field.host' | 'field.networks' | 'field.domains', NoParameters>
  | Message<'field.weak_key', { kind: 'single' | 'several' }>
  | Message<'field.limit' | 'field.trusted_proxies', NoParameters>
  | Message<'field.sandbox_beside', { sandbox: string; settings: readonly string[] }>
  | Message<'field.sandbox_exposed', { host: string }>
  | Message<'field.sandbox_in_one_process', { setting: string }>
  | Message<'field.typo', { setting: string }>
  | Message<'field.file_unreadable' | 'field.folder_unwritable', { path: string; cause: string }>
  | Message<'field.file_encoding', { path: string; kind: 'utf16' | 'unknown' }>
  | Message<'field.file_syntax', { path: string; line: number; column: number }>
  | Message<'field.secret_key_file' | 'field.folder_in_use', { path: string }>
  | Message<'field.api_key_refused', { address: string }>
  | Message<'field.not_scoreback', { address: string; status: number }>;

/** What a setting means that can start, but may not be what was meant. */
export type SettingWarning = Message<
  | 'field.keys_incomplete'
  | 'field.public_url_unset'
  | 'field.smtp_url_unset'
  | 'field.public_url_insecure'
  | 'field.database_url_unset'
  | 'field.trust_proxy_unset',
  NoParameters
>;
