import type { Send } from '../connector.ts';
import { anyAddress, type Networks, onlyIn, publicOrIn } from './address-rules.ts';
import { createOutgoing } from './send.ts';
import { createSmtpConnect, type SmtpConnect } from './smtp-connect.ts';

/** How connections send requests, by who said where to. */
export type Senders = {
  /** To what the operator named in the environment, or what is part of us (the sandbox): anywhere. */
  operator: Send;
  /** To the vendor's own host: on the public internet, or in a network that the operator opened. */
  vendor: Send;
  /** To an address that an admin typed in the place of the vendor's: in a network that the operator opened. */
  typed: Send;
};

export type Network = {
  senders: Senders;
  /** To email servers that an admin typed. */
  smtpConnect: SmtpConnect;
  stop(): Promise<void>;
};

/**
 * The ways out of this process.
 *
 * @param opened the networks of `ALLOW_PRIVATE_ADDRESSES`
 */
export function createNetwork(opened: Networks): Network {
  const operator = createOutgoing(anyAddress);
  const vendor = createOutgoing(publicOrIn(opened));
  const typed = createOutgoing(onlyIn(opened));
  return {
    senders: { operator: operator.send, vendor: vendor.send, typed: typed.send },
    smtpConnect: createSmtpConnect(publicOrIn(opened)),
    async stop() {
      await Promise.all([operator.stop(), vendor.stop(), typed.stop()]);
    },
  };
}
