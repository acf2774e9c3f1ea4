import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts what must not be readable in the database, and what links carry. */
export type Encryption = {
  /** @param place where it stands, such as a connection's id with a name: in another place it does not open */
  encrypt(plain: string, place: string): string;
  /** @returns nothing when it was encrypted for another place, or under a key that is no longer among ours */
  decrypt(encrypted: string, place: string): string | undefined;
  /** With what everything begins that was encrypted under the first key; what begins otherwise is to be encrypted anew. */
  current: string;
  /** For what leaves us and comes back, in base64url: nothing from the database opens as one, nor the other way round. */
  tokens: {
    encrypt(plain: string): string;
    decrypt(token: string): string | undefined;
  };
};

const cipher = 'aes-256-gcm';
/** Said at both ends: left to itself, Node.js also accepts a tag cut short, which is quickly guessed. */
const tag = { authTagLength: 16 };

/** The form of what is encrypted: 1 byte for it, 5 of its key's id, then nonce, tag and text. 6 bytes are 8 of base64. */
const version = 2;
const headerLength = 6;

type Key = { bytes: Buffer; header: Buffer };

/** @param secretKeys the first seals, all unseal: so that a key can be replaced */
export function createEncryption(secretKeys: readonly [string, ...string[]]): Encryption {
  const values = secretKeys.map((secret) => deriveKey(secret, 'scoreback credentials'));
  const tokens = secretKeys.map((secret) => deriveKey(secret, 'scoreback tokens'));
  return {
    encrypt: (plain, place) => encrypt(values[0] as Key, plain, place).toString('base64'),
    decrypt(encrypted, place) {
      const bytes = Buffer.from(encrypted, 'base64');
      return decrypt(values, bytes, place) ?? decryptFirstForm(values, bytes);
    },
    current: (values[0] as Key).header.toString('base64'),
    tokens: {
      encrypt: (plain) => encrypt(tokens[0] as Key, plain, '').toString('base64url'),
      decrypt: (token) => decrypt(tokens, Buffer.from(token, 'base64url'), ''),
    },
  };
}

function deriveKey(secret: string, label: string): Key {
  const derive = (of: string, length: number) => Buffer.from(hkdfSync('sha256', secret, '', of, length));
  const id = derive(`${label} key id`, headerLength - 1);
  return { bytes: derive(label, 32), header: Buffer.concat([Buffer.from([version]), id]) };
}

function encrypt({ bytes, header }: Key, plain: string, place: string): Buffer {
  const nonce = randomBytes(12);
  const encryption = createCipheriv(cipher, bytes, nonce, tag);
  encryption.setAAD(Buffer.concat([header, Buffer.from(place)]));
  const body = Buffer.concat([encryption.update(plain, 'utf8'), encryption.final()]);
  return Buffer.concat([header, nonce, encryption.getAuthTag(), body]);
}

function decrypt(keys: readonly Key[], encrypted: Buffer, place: string): string | undefined {
  const header = encrypted.subarray(0, headerLength);
  const key = keys.find((candidate) => candidate.header.equals(header));
  return key && open(key, encrypted.subarray(headerLength), Buffer.concat([header, Buffer.from(place)]));
}

/** As it was before it said its key and its place. The sweep seals it anew. */
function decryptFirstForm(keys: readonly Key[], encrypted: Buffer): string | undefined {
  for (const key of keys) {
    const plain = open(key, encrypted, Buffer.alloc(0));
    if (plain !== undefined) return plain;
  }
  return undefined;
}

function open({ bytes }: Key, encrypted: Buffer, bound: Buffer): string | undefined {
  try {
    const decryption = createDecipheriv(cipher, bytes, encrypted.subarray(0, 12), tag);
    decryption.setAAD(bound);
    decryption.setAuthTag(encrypted.subarray(12, 28));
    return Buffer.concat([decryption.update(encrypted.subarray(28)), decryption.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
