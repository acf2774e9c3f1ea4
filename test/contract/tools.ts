import { AsyncLocalStorage } from 'node:async_hooks';
import { inspect } from 'node:util';
import { pino } from 'pino';
import type { ConnectionTools, CredentialSlot } from '../../src/connector.ts';
import { anyAddress } from '../../src/platform/network/address-rules.ts';
import { createOutgoing } from '../../src/platform/network/send.ts';

/** When the contract suite takes place. */
export const now = new Date('2026-11-22T10:00:00.000Z');

/** What a person wrote or is: if it turns up in a log line or an error, the connector has leaked it. */
export const personal = {
  comment: 'My dentist Dr. Quist hears all about this',
  email: 'ada.overton@customer.example',
  name: 'Ada Overton',
} as const;

/** Vendors of tests are on this machine. */
const outgoing = createOutgoing(anyAddress);

/** Tools for one connection under test, and what they have witnessed. */
export type WitnessingTools = ConnectionTools & {
  /** How many calls of the pace are under way: while there are none, nothing may go out. */
  underWay(): number;
  /** How many requests are under way by `send`: while there are none, nothing may go out. */
  sending(): number;
  /** Breaches of the pace's rules, as sentences. */
  breaches: string[];
  /** Everything logged, one JSON line each, at every level. */
  logged: readonly string[];
};

/** Tools whose clock stands still at `now`, whose pace lets everything through at once, and whose log is kept. */
export function witnessingTools(credentials: Readonly<Record<string, string>> = {}): WitnessingTools {
  const logged: string[] = [];
  const breaches: string[] = [];
  const insideRateLimiter = new AsyncLocalStorage<true>();
  let underWay = 0;
  let sending = 0;
  return {
    log: pino({ level: 'trace' }, { write: (line: string) => logged.push(line) }),
    clock: () => new Date(now),
    credentials: memorySlot(credentials),
    fieldNames: {},
    async send(request) {
      sending += 1;
      try {
        return await outgoing.send(request);
      } finally {
        sending -= 1;
      }
    },
    rateLimiter: {
      async run(_lane, call) {
        // With every place taken by calls that wait for a call of their own, nothing would ever move again.
        if (insideRateLimiter.getStore())
          breaches.push('a call through the pace waits for another call through the pace');
        underWay += 1;
        try {
          return await insideRateLimiter.run(true, call);
        } finally {
          underWay -= 1;
        }
      },
      observe() {},
    },
    underWay: () => underWay,
    sending: () => sending,
    breaches,
    logged,
  };
}

function memorySlot(beforehand: Readonly<Record<string, string>>): CredentialSlot {
  const standing = new Map(Object.entries(beforehand));
  let turn: Promise<unknown> = Promise.resolve();
  return {
    async read(name) {
      return standing.get(name);
    },
    async write(name, value) {
      standing.set(name, value);
    },
    renew(name, stale, make) {
      const renewed = turn.then(async () => {
        const current = standing.get(name);
        if (current !== undefined && current !== stale) return current;
        const made = await make();
        standing.set(name, made);
        return made;
      });
      turn = renewed.catch(() => undefined);
      return renewed;
    },
  };
}

/** Everything there is to read in a failure: message, stack, fields, and all of its causes. */
export function everythingIn(failure: unknown): string {
  return inspect(failure, { depth: 12, showHidden: true, getters: true, maxStringLength: null, maxArrayLength: null });
}

/** What of `hidden` can be read in these texts. */
export function leaks(texts: readonly string[], hidden: readonly string[]): string[] {
  return hidden.filter((secret) => texts.some((text) => text.toLowerCase().includes(secret.toLowerCase())));
}
