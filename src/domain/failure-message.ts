import type { Message } from './message.ts';

type None = Record<string, never>;

/** What an email server said: its codes, such as `550 5.7.1`, never an address. Empty where it said none. */
type Status = { status: string };

/** Why an email cannot leave, or not now. Its remedy stands in the catalog under the same code. */
export type EmailFailureMessage =
  | Message<'email.credentials' | 'email.relay_denied' | 'email.account_blocked', Status & { setting: string }>
  | Message<'email.address_not_public', { setting: string }>
  | Message<'email.sender_refused' | 'email.sender_unauthenticated', Status & { kind: 'usual' | 'survey' }>
  | Message<'email.refused' | 'email.too_large' | 'email.recipient_refused', Status>
  | Message<'email.mailbox_busy' | 'email.throttled' | 'email.unavailable', Status>
  | Message<'email.unreachable', { cause: string }>
  | Message<'email.address_invalid' | 'email.smtputf8_missing' | 'email.stopping', None>
  | Message<'email.not_set' | 'email.slow', None>
  | Message<'email.refuses_everybody', { why: EmailFailureMessage }>;

/** Why an outside system does not do what we ask of it. */
export type FailureMessage = EmailFailureMessage | Message<'upstream.untold', { said: string }>;
