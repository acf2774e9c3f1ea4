import { connect, type Socket } from 'node:net';
import { type SmtpServer, smtpPorts } from '../email/smtp-server.ts';
import type { AddressRule } from './address-rules.ts';
import { guardedLookup, type Lookup, RefusedAddress, UnresolvedName, verifyLiteral } from './guarded-lookup.ts';
import { refusedAddress } from './send.ts';

/** Opens the connection to an email server, before TLS. */
export type SmtpConnect = (server: SmtpServer, timeout: number) => Promise<Socket>;

/**
 * Opens connections to email servers that somebody typed: at the ports of email only, and at allowed addresses.
 *
 * A name that leads where nobody may go fails as one that cannot be resolved: for now. Whoever typed it learns nothing
 * of the names inside, and an outage of the name server refuses nobody.
 *
 * @param options.lookup what resolves names, in tests
 * @param options.ports other ports than those of email, in tests
 */
export function createSmtpConnect(
  allows: AddressRule,
  { lookup, ports = smtpPorts }: { lookup?: Lookup; ports?: readonly number[] } = {},
): SmtpConnect {
  return ({ host, port }, timeout) =>
    new Promise((resolve, reject) => {
      if (!ports.includes(port)) return reject(refusedAddress());
      try {
        verifyLiteral(host, allows);
      } catch {
        return reject(refusedAddress());
      }
      const socket = connect({ host, port, lookup: guardedLookup(allows, lookup) });
      const late = () => socket.destroy(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' }));
      socket.setTimeout(timeout).once('timeout', late);
      socket.once('error', (failure) => reject(leadsNowhere(failure) ? noPublicAddress() : failure));
      socket.once('connect', () => {
        // Until whoever asked for it listens, an error must not end the process.
        socket
          .setTimeout(0)
          .off('timeout', late)
          .on('error', () => {});
        resolve(socket);
      });
      return undefined;
    });
}

function leadsNowhere(failure: Error): boolean {
  return failure instanceof RefusedAddress || failure instanceof UnresolvedName;
}

function noPublicAddress(): Error {
  return Object.assign(new Error('the name leads to no public address'), { code: 'NO_PUBLIC_ADDRESS' });
}
