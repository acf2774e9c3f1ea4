import { createHmac } from 'node:crypto';

/** Tells where a visitor came from without keeping it: address and program cannot be read back, or tried without the key. */
export type NetworkHashes = {
  of(address: string, agent: string): string;
};

/** @param secretKeys the first alone is used: what came minutes apart is compared, not what came years apart */
export function createNetworkHashes([secret]: readonly [string, ...string[]]): NetworkHashes {
  return {
    of: (address, agent) =>
      createHmac('sha256', secret)
        .update(`scoreback network ${address}\n${agent}`)
        .digest()
        .subarray(0, 16)
        .toString('base64url'),
  };
}
