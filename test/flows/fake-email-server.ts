import { randomUUID } from 'node:crypto';
import type { Email } from '../../src/platform/email/email.ts';
import { createEmailRateLimiter, type WaitUntil } from '../../src/platform/email/email-rate-limiter.ts';
import type { UsualEmailServer } from '../../src/platform/email/email-server.ts';

/** What the email server does with an email instead of simply taking it. `keep` takes it. */
export type EmailBehaviour = (sentEmail: Email, save: () => void) => void | Promise<void>;

/** An email server held in memory. */
export type FakeEmailServer = {
  /** What a process sends through; it remembers how the server fares. */
  connect(): UsualEmailServer;
  /** Every email taken, oldest first. */
  sentEmails: { sentEmail: Email; at: Date }[];
  /** What the next emails meet. */
  next: EmailBehaviour[];
  to(address: string): Email[];
};

export function createFakeEmailServer(clock: () => Date, waitUntil?: WaitUntil): FakeEmailServer {
  const sentEmails: FakeEmailServer['sentEmails'] = [];
  const identity = randomUUID();
  const next: EmailBehaviour[] = [];
  return {
    sentEmails,
    next,
    to: (address) => sentEmails.flatMap(({ sentEmail }) => (sentEmail.to.address === address ? [sentEmail] : [])),
    connect() {
      const rateLimiter = createEmailRateLimiter({ clock, waitUntil });
      return {
        rateLimiter,
        identity,
        from: { address: 'support@acme.example' },
        async send(sentEmail) {
          const save = () => void sentEmails.push({ sentEmail, at: clock() });
          const behave = next.shift();
          if (behave) await behave(sentEmail, save);
          else save();
        },
        verify: async () => {},
        stop: async () => rateLimiter.stop(),
      };
    },
  };
}

/** The process dies while the email server is at it: the call never comes back. */
export const neverAnswers = () => new Promise<never>(() => {});
