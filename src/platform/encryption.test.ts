import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEncryption } from './encryption.ts';

const encryption = createEncryption(['first-key']);
const place = 'credential 1 keys';
const secret = '{"accessToken":"not-to-be-read"}';

describe('what was encrypted', () => {
  test('is unsealed as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (plain) => {
        expect(encryption.decrypt(encryption.encrypt(plain, place), place)).toBe(plain);
      }),
    );
  });

  test('by an earlier release still opens', () => {
    const encrypted = 'nxsZnAUYSrS4sZ5sUqddyW5jAC40J3caIw8B+9QVPnzQa0skFNNlrszY3jE0rNTdNqH49KPM';

    expect(encryption.decrypt(encrypted, place)).toBe('kept by an earlier version');
  });

  test('cannot be read', () => {
    const encrypted = encryption.encrypt(secret, place);

    expect(encrypted).toMatch(/^[\w+/]+=*$/u);
    expect(encrypted).not.toContain('not-to-be-read');
    expect(Buffer.from(encrypted, 'base64').toString('latin1')).not.toContain('not-to-be-read');
  });

  test('is never encrypted the same way twice', () => {
    const encrypted = Array.from({ length: 100 }, () => encryption.encrypt(secret, place));
    const nonces = encrypted.map((text) => Buffer.from(text, 'base64').subarray(0, 12).toString('hex'));

    expect(new Set(encrypted).size).toBe(100);
    expect(new Set(nonces).size).toBe(100);
  });

  test('is not opened by another key', () => {
    expect(createEncryption(['second-key']).decrypt(encryption.encrypt(secret, place), place)).toBeUndefined();
    expect(
      createEncryption(['first-key ', 'First-key', '']).decrypt(encryption.encrypt(secret, place), place),
    ).toBeUndefined();
  });
});

describe('what was changed is not opened', () => {
  test.each([secret, ''])('at any bit: %j', (plain) => {
    const encrypted = Buffer.from(encryption.encrypt(plain, place), 'base64');
    const opened = Array.from({ length: encrypted.length * 8 }, (_, bit) => {
      const tampered = Buffer.from(encrypted);
      tampered[bit >> 3] = (tampered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return encryption.decrypt(tampered.toString('base64'), place);
    });

    expect(opened.filter((text) => text !== undefined)).toEqual([]);
  });

  test.each([secret, ''])('cut at any byte: %j', (plain) => {
    const encrypted = Buffer.from(encryption.encrypt(plain, place), 'base64');
    const opened = Array.from({ length: encrypted.length }, (_, length) => [
      encryption.decrypt(encrypted.subarray(0, length).toString('base64'), place),
      encryption.decrypt(encrypted.subarray(encrypted.length - length).toString('base64'), place),
    ]);

    expect(opened.flat().filter((text) => text !== undefined)).toEqual([]);
  });

  test('with something behind it', () => {
    const encrypted = Buffer.from(encryption.encrypt(secret, place), 'base64');

    expect(encryption.decrypt(Buffer.concat([encrypted, Buffer.from([0])]).toString('base64'), place)).toBeUndefined();
  });

  test.each(['', ' ', 'not encrypted', secret, 'A'.repeat(1000)])('nor what never was: %j', (text) => {
    expect(encryption.decrypt(text, place)).toBeUndefined();
  });
});

describe('when the key is replaced', () => {
  const rotated = createEncryption(['second-key', 'first-key']);

  test('what the old one sealed still opens', () => {
    expect(rotated.decrypt(encryption.encrypt(secret, place), place)).toBe(secret);
  });

  test('the new one seals', () => {
    const encrypted = rotated.encrypt(secret, place);

    expect(rotated.decrypt(encrypted, place)).toBe(secret);
    expect(createEncryption(['second-key']).decrypt(encrypted, place)).toBe(secret);
    expect(encryption.decrypt(encrypted, place)).toBeUndefined();
  });
});

describe('what was sealed for one place', () => {
  test('does not open in another', () => {
    const encrypted = encryption.encrypt(secret, place);

    for (const other of ['credential 2 keys', 'credential 1 key', ''])
      expect(encryption.decrypt(encrypted, other)).toBeUndefined();
  });

  test('says under which key it stands', () => {
    const rotated = createEncryption(['second-key', 'first-key']);

    expect(encryption.encrypt(secret, place).startsWith(encryption.current)).toBe(true);
    expect(rotated.encrypt(secret, place).startsWith(rotated.current)).toBe(true);
    expect(encryption.encrypt(secret, place).startsWith(rotated.current)).toBe(false);
    expect(rotated.current).not.toBe(encryption.current);
  });
});

describe('a token', () => {
  const { tokens } = encryption;

  test('opens as it was, also after the key was replaced', () => {
    const token = tokens.encrypt(secret);

    expect(token).toMatch(/^[\w-]+$/u);
    expect(tokens.decrypt(token)).toBe(secret);
    expect(createEncryption(['second-key', 'first-key']).tokens.decrypt(token)).toBe(secret);
    expect(createEncryption(['second-key']).tokens.decrypt(token)).toBeUndefined();
  });

  test('is not what stands in the database, nor the other way round', () => {
    const token = Buffer.from(tokens.encrypt(secret), 'base64url').toString('base64');
    const value = Buffer.from(encryption.encrypt(secret, ''), 'base64').toString('base64url');

    expect(encryption.decrypt(token, '')).toBeUndefined();
    expect(tokens.decrypt(value)).toBeUndefined();
  });
});
