import type { Email } from './email.ts';
import type { EmailRateLimiter, Trouble } from './email-rate-limiter.ts';

/** Takes emails over at the pace that it allows. */
export type EmailServer = {
  rateLimiter: EmailRateLimiter;
  /** Another for another server or user: what was saved of one says nothing of another. */
  identity: string;
  /** Where it stood when that was last saved or read; nothing before this process has used it. */
  saved?: { changes: number; kind: Trouble['kind'] | undefined };
  send(email: Email): Promise<void>;
  /** Whether emails could be sent now; throws as `send` does. */
  verify(): Promise<void>;
  stop(): Promise<void>;
};

/** The usual email server, and whom emails are from unless a survey or its brand says otherwise. */
export type UsualEmailServer = EmailServer & { from: { address: string; name?: string } };
