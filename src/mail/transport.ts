import type { Letter } from './letter.ts';

/** The mail side's socket: whatever takes a letter to a person. */
export type MailTransport = {
  /**
   * Resolves when the other side has taken the letter over. Sends once: trying again is the caller's decision.
   *
   * @throws UpstreamBusy it may go later; `concerns: 'request'` is about this recipient alone, and with
   *   `outcome: 'unknown'` the letter may have gone all the same
   * @throws Bounced this recipient cannot be reached
   * @throws UpstreamRefused `concerns: 'request'` is about this letter alone; otherwise a person has to change the
   *   settings
   */
  send(letter: Letter): Promise<void>;
  /** Whether letters could be sent now; throws as `send` does. */
  verify(): Promise<void>;
  /** Takes no more letters and lets those on their way arrive, within reason. */
  stop(): Promise<void>;
};
