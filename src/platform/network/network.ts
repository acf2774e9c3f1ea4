import type { Send } from '../../connector.ts';
import { NoAnswer } from '../../model/errors.ts';
import { anyAddress, type HostRule, hostsUnder, type Networks, onlyIn, publicOrIn } from './address-rules.ts';
import type { Lookup } from './guarded-lookup.ts';
import { createOutgoing, refusedAddress } from './send.ts';
import { createSmtpConnect, type SmtpConnect } from './smtp-connect.ts';

/** How connections send requests, by who said where to. */
export type Senders = {
  /** To what the operator named in the environment, or what is part of us (the sandbox): anywhere. */
  operator: Send;
  /** To the vendor's own host: on the public internet, or in a network that the operator opened. */
  vendor: Send;
  /** To an address that an admin typed in the place of the vendor's: in a network that the operator opened. */
  typed: Send;
  /**
   * As `typed`, while an address is only tried and nothing is saved yet: a name that cannot be resolved is refused as
   * one that leads where nobody may go, so that nobody learns which names there are inside.
   */
  tried: Send;
};

/** Which hosts may be saved, by what they are typed for. */
export type TypedHosts = { vendor: HostRule; emailServer: HostRule };

export type Network = {
  senders: Senders;
  typedHosts: TypedHosts;
  /** To email servers that an admin typed. */
  smtpConnect: SmtpConnect;
  stop(): Promise<void>;
};

/**
 * The ways out of this process.
 *
 * @param opened the networks of `ALLOW_PRIVATE_ADDRESSES`
 * @param options.lookup what resolves names, in tests
 */
export function createNetwork(opened: Networks, options: { lookup?: Lookup } = {}): Network {
  const operator = createOutgoing(anyAddress);
  const vendor = createOutgoing(publicOrIn(opened), options);
  const typed = createOutgoing(onlyIn(opened), options);
  return {
    senders: { operator: operator.send, vendor: vendor.send, typed: typed.send, tried: refusingUnresolved(typed.send) },
    typedHosts: { vendor: hostsUnder(onlyIn(opened)), emailServer: hostsUnder(publicOrIn(opened)) },
    smtpConnect: createSmtpConnect(publicOrIn(opened), options),
    async stop() {
      await Promise.all([operator.stop(), vendor.stop(), typed.stop()]);
    },
  };
}

function refusingUnresolved(send: Send): Send {
  return async (request) => {
    try {
      return await send(request);
    } catch (failure) {
      throw failure instanceof NoAnswer && failure.isUnresolved ? refusedAddress() : failure;
    }
  };
}
