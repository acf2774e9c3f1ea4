import type { Message, NoParameters, Parameters } from './message.ts';

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
  | Message<'email.address_invalid' | 'email.smtputf8_missing' | 'email.stopping', NoParameters>
  | Message<'email.not_set' | 'email.slow', NoParameters>
  | Message<'email.refuses_all', { why: EmailFailureMessage }>;

/**
 * A vendor's answer: its title, the status, and as `said` the route and the vendor's own codes, never its prose, which
 * may quote what was sent. Empty where it said none.
 */
export type VendorReply = { system: string; status: number; said: string };

/** Why a connected system does not do what we ask of it, as far as any of them may say it. */
export type UpstreamFailureMessage =
  | Message<'upstream.credentials_refused' | 'upstream.forbidden' | 'upstream.refused', VendorReply>
  | Message<'upstream.throttled' | 'upstream.locked' | 'upstream.server_failed' | 'upstream.unreadable', VendorReply>
  | Message<'upstream.fields_missing', VendorReply>
  | Message<'upstream.no_answer', { system: string; said: string; reason: string }>
  | Message<'upstream.no_token', { system: string; status: number }>
  | Message<'upstream.address_not_public', NoParameters>
  | Message<'upstream.waiting' | 'upstream.probing' | 'upstream.stopping' | 'upstream.other_process', NoParameters>
  | Message<'upstream.secret_unknown' | 'upstream.account_unknown' | 'upstream.erased_record_stands', NoParameters>
  | Message<'upstream.mark_stands', { record: string; field: string; said: string }>;

/** Why a connection is not what it has to be, whatever its system says. */
type ConnectionFailureMessage =
  | Message<'account.unopened' | 'account.stopped', NoParameters>
  | Message<'account.other_opened', { is: string; was: string }>
  | Message<'account.taken', { account: string }>;

/** What keeps values from being written to an account. */
export type WriteObstacle =
  | Message<'writes.off', NoParameters>
  | Message<'writes.paused', { kind: 'connection' | 'everything' }>;

/** Why something failed, or does not go on, as far as the catalog of the service says it. */
export type OwnFailureMessage =
  | EmailFailureMessage
  | UpstreamFailureMessage
  | ConnectionFailureMessage
  | WriteObstacle
  | Message<'internal', NoParameters>;

declare const ofConnector: unique symbol;

/**
 * What one connector alone has to say. Its code begins with the connector's name, and its sentences stand in the
 * connector's own catalog. Made by `connectorMessage`.
 */
export type ConnectorMessage = { code: string & { readonly [ofConnector]: true }; params: Parameters };

/** Lets a connector say something of its own, one of the codes of its `messages.ts`. */
export function connectorMessage<Own extends Message>(message: Own): ConnectorMessage {
  return message as Message as ConnectorMessage;
}

/** Why an outside system does not do what we ask of it, or a connection cannot be used. */
export type FailureMessage = OwnFailureMessage | ConnectorMessage;

/** A message of failures as a line of the log has it: the code, and its parameters. */
export function failureInLog({ code, params }: FailureMessage): string {
  const told = Object.entries(params).map(([name, value]) =>
    name === 'why' ? failureInLog(value as FailureMessage) : `${name}=${JSON.stringify(value)}`,
  );
  return [code, ...told].join(' ');
}
