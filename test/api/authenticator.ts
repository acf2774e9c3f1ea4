import { createHmac } from 'node:crypto';

/** As an app on a phone makes it out of the address that it scanned, by RFC 6238. */
export function authenticatorCode(address: string, at: number = Date.now()): string {
  const sentEmails = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const secret = new URL(address).searchParams.get('secret') ?? '';
  const bits = [...secret.replace(/=+$/u, '')].map((sentEmail) =>
    sentEmails.indexOf(sentEmail).toString(2).padStart(5, '0'),
  );
  const key = Buffer.from((bits.join('').match(/.{8}/gu) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
