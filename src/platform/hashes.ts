import { createHmac } from 'node:crypto';
import { sameSignature } from '../model/signature.ts';

/** Remembers an address without keeping it: nobody can read it back, and nobody without the key can try addresses. */
export type AddressHashes = {
  /** Of a normalized address, under every secret key: the newest first, which is the one to keep. */
  of(address: string): readonly [string, ...string[]];
};

/** @param secretKeys the first makes what is kept, all find it again; what was kept under a lost key is forgotten */
export function createAddressHashes([first, ...others]: readonly [string, ...string[]]): AddressHashes {
  const hash = (secret: string, address: string) =>
    createHmac('sha256', secret).update(`scoreback address ${address}`).digest('base64url');
  return { of: (address) => [hash(first, address), ...others.map((secret) => hash(secret, address))] };
}

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

/** Signs what a token stands for, so that it can be checked without being kept. */
export type TokenSignature = {
  /** In base64url. */
  sign(text: string): string;
  verify(claimed: string, text: string): boolean;
};

/**
 * @param secretKeys the first signs, all verify: so that a key can be replaced
 * @param bytes how much of the HMAC-SHA256 a token carries
 */
export function createTokenSignature(secretKeys: readonly [string, ...string[]], bytes: number): TokenSignature {
  const signUnder = (secret: string, text: string) =>
    createHmac('sha256', secret).update(`scoreback ${text}`).digest().subarray(0, bytes).toString('base64url');
  return {
    sign: (text) => signUnder(secretKeys[0], text),
    // As text, not as bytes: one byte sequence has several base64url spellings, and only the canonical one is ours.
    verify: (claimed, text) => secretKeys.some((secret) => sameSignature(claimed, signUnder(secret, text))),
  };
}
