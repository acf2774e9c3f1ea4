import { createHmac } from 'node:crypto';

/** Remembers an address without keeping it: nobody can read it back, and nobody without the key can try addresses. */
export type AddressHashes = {
  /** Of a normalised address, under every secret key: the newest first, which is the one to keep. */
  of(address: string): readonly [string, ...string[]];
};

/** @param secretKeys the first makes what is kept, all find it again; what was kept under a lost key is forgotten */
export function createAddressHashes([first, ...others]: readonly [string, ...string[]]): AddressHashes {
  const hash = (secret: string, address: string) =>
    createHmac('sha256', secret).update(`scoreback address ${address}`).digest('base64url');
  return { of: (address) => [hash(first, address), ...others.map((secret) => hash(secret, address))] };
}
