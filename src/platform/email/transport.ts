import type { Email } from './email.ts';

/** The email side's socket: whatever takes an email to a contact. */
export type EmailTransport = {
  /**
   * Resolves when the other side has taken the email over. Sends once: trying again is the caller's decision.
   *
   * @throws UpstreamBusy it may go later; `concerns: 'request'` is about this recipient alone, and with
   *   `outcome: 'unknown'` the email may have gone all the same
   * @throws Bounced this recipient cannot be reached
   * @throws UpstreamRefused `concerns: 'request'` is about this email alone; otherwise a person has to change the
   *   settings
   */
  send(email: Email): Promise<void>;
  /** Whether emails could be sent now; throws as `send` does. */
  verify(): Promise<void>;
  /** Takes no more emails and lets those on their way arrive, within reason. */
  stop(): Promise<void>;
};
