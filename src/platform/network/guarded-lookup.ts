import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { AddressRule } from './address-rules.ts';

/** A connection that was not opened, because of where it would have led. */
export class RefusedAddress extends Error {
  readonly code = 'REFUSED_ADDRESS';

  constructor() {
    super('The address is not public.');
    this.name = 'RefusedAddress';
  }
}

/** A name that could not be resolved: it does not exist, or the name server does not answer. */
export class UnresolvedName extends Error {
  readonly code: string;

  constructor(code: string) {
    super('The name cannot be resolved.');
    this.name = 'UnresolvedName';
    this.code = code;
  }
}

/** What resolves a name: the system's own, unless a test plays a name server. */
export type Lookup = typeof systemLookup;

/**
 * Resolves names for sockets, and refuses a name as soon as one address of the answer is refused. The socket connects
 * to the very addresses that were looked at, so that a name server which answers differently the next time gains
 * nothing. A literal address is never resolved: see `verifyLiteral`.
 */
export function guardedLookup(allows: AddressRule, lookup: Lookup = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (failure, addresses) => {
      if (failure) return callback(new UnresolvedName(failure.code ?? 'ENOTFOUND'), []);
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => allows(address))) {
        return callback(new RefusedAddress(), []);
      }
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}

/** @throws RefusedAddress when the host is written as an address that is refused */
export function verifyLiteral(host: string, allows: AddressRule): void {
  if (isIP(host) !== 0 && !allows(host)) throw new RefusedAddress();
}
