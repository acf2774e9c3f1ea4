import { randomUUID } from 'node:crypto';
import type { Mail } from '../../src/flows/context.ts';
import { createEmailPace } from '../../src/mail/email-pace.ts';
import type { Letter } from '../../src/mail/letter.ts';

/** What the mail server does with a letter instead of simply taking it. `keep` takes it. */
export type MailBehaviour = (letter: Letter, keep: () => void) => void | Promise<void>;

/** A mail server held in memory. */
export type Postbox = {
  /** What a process sends through; it remembers how the server fares. */
  connect(): Mail;
  /** Every letter taken, oldest first. */
  letters: { letter: Letter; at: Date }[];
  /** What the next letters meet. */
  next: MailBehaviour[];
  to(address: string): Letter[];
};

export function createPostbox(clock: () => Date): Postbox {
  const letters: Postbox['letters'] = [];
  const identity = randomUUID();
  const next: MailBehaviour[] = [];
  return {
    letters,
    next,
    to: (address) => letters.flatMap(({ letter }) => (letter.to.address === address ? [letter] : [])),
    connect() {
      const pace = createEmailPace({ clock });
      return {
        pace,
        identity,
        from: { address: 'support@acme.example' },
        async send(letter) {
          const keep = () => void letters.push({ letter, at: clock() });
          const behave = next.shift();
          if (behave) await behave(letter, keep);
          else keep();
        },
        verify: async () => {},
        stop: async () => pace.stop(),
      };
    },
  };
}

/** The process dies while the mail server is at it: the call never comes back. */
export const neverAnswers = () => new Promise<never>(() => {});
