import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import type { EmailFailureMessage } from '../../model/messages/failure-message.ts';

/** What a refusal says of the address: only these are bounces. */
export type BounceReason = 'mailbox_unknown' | 'mailbox_disabled' | 'domain_unknown' | 'address_invalid';

type Told = {
  /** A stable word for what the email server said; alerts and tests match it. */
  reason: string;
  /** What the reply says, without what differs from recipient to recipient. Equal for equal refusals. */
  signature?: string;
};

/** The email server refuses an email, and will until somebody changes something. */
export class EmailRefused extends UpstreamRefused {
  /** Who has to act: `recipient` is a bounce, `email` is about this email alone. */
  readonly fault: 'recipient' | 'email' | 'sender' | 'account';
  readonly reason: string;
  readonly signature: string;
  declare readonly why: EmailFailureMessage;

  constructor(
    why: EmailFailureMessage,
    options: Told & { fault: EmailRefused['fault']; concerns: 'connection' | 'request' },
  ) {
    super(why, options);
    this.fault = options.fault;
    this.reason = options.reason;
    this.signature = options.signature ?? this.message;
  }
}

/** The reply names the recipient: no email to this address will arrive. */
export class Bounced extends EmailRefused {
  declare readonly reason: BounceReason;

  constructor(why: EmailFailureMessage, options: { reason: BounceReason; signature?: string }) {
    super(why, { ...options, fault: 'recipient', concerns: 'request' });
  }
}

/** The email server does not take an email now: it can leave later. */
export class EmailDelayed extends UpstreamBusy {
  /**
   * `throttled` and `server` are about everything that leaves by this server, `sender` about the emails from one sender
   * that is not the usual one, `mailbox` about one recipient.
   */
  readonly fault: 'mailbox' | 'sender' | 'throttled' | 'server';
  readonly reason: string;
  readonly signature: string;
  declare readonly why: EmailFailureMessage;

  constructor(
    why: EmailFailureMessage,
    options: Told & { fault: EmailDelayed['fault']; outcome?: 'not_done' | 'unknown'; retryAfter?: number },
  ) {
    const { fault, outcome = 'not_done', retryAfter } = options;
    const wait = retryAfter === undefined ? {} : { retryAfter };
    super(why, {
      ...wait,
      outcome,
      concerns: fault === 'mailbox' || fault === 'sender' ? 'request' : 'connection',
    });
    this.fault = fault;
    this.reason = options.reason;
    this.signature = options.signature ?? this.message;
  }
}
