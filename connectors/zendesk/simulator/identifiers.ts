import { randomInt } from 'node:crypto';

export type Identifiers = {
  /** A number no record of this account has had, as for users, tickets, fields and options. */
  next(): number;
  /** 26 letters and digits, as webhooks have. */
  ulid(): string;
};

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Counts from the clock, so that a restarted simulator does not give an old id to a new record. */
export function createIdentifiers(clock: () => Date): Identifiers {
  let last = clock().getTime() * 10;
  return {
    next() {
      last += 1;
      return last;
    },
    ulid() {
      let time = clock().getTime();
      let id = '';
      for (let place = 0; place < 10; place += 1) {
        id = crockford.charAt(time % 32) + id;
        time = Math.floor(time / 32);
      }
      while (id.length < 26) id += crockford.charAt(randomInt(32));
      return id;
    },
  };
}
