import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSealing } from './sealing.ts';

const sealing = createSealing(['first-key']);
const place = 'credential 1 keys';
const secret = '{"accessToken":"not-to-be-read"}';

describe('what was sealed', () => {
  test('is unsealed as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (plain) => {
        expect(sealing.unseal(sealing.seal(plain, place), place)).toBe(plain);
      }),
    );
  });

  test('by an earlier release still opens', () => {
    const sealed = 'nxsZnAUYSrS4sZ5sUqddyW5jAC40J3caIw8B+9QVPnzQa0skFNNlrszY3jE0rNTdNqH49KPM';

    expect(sealing.unseal(sealed, place)).toBe('kept by an earlier version');
  });

  test('cannot be read', () => {
    const sealed = sealing.seal(secret, place);

    expect(sealed).toMatch(/^[\w+/]+=*$/u);
    expect(sealed).not.toContain('not-to-be-read');
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('not-to-be-read');
  });

  test('is never sealed the same way twice', () => {
    const sealed = Array.from({ length: 100 }, () => sealing.seal(secret, place));
    const nonces = sealed.map((text) => Buffer.from(text, 'base64').subarray(0, 12).toString('hex'));

    expect(new Set(sealed).size).toBe(100);
    expect(new Set(nonces).size).toBe(100);
  });

  test('is not opened by another key', () => {
    expect(createSealing(['second-key']).unseal(sealing.seal(secret, place), place)).toBeUndefined();
    expect(createSealing(['first-key ', 'First-key', '']).unseal(sealing.seal(secret, place), place)).toBeUndefined();
  });
});

describe('what was changed is not opened', () => {
  test.each([secret, ''])('at any bit: %j', (plain) => {
    const sealed = Buffer.from(sealing.seal(plain, place), 'base64');
    const opened = Array.from({ length: sealed.length * 8 }, (_, bit) => {
      const tampered = Buffer.from(sealed);
      tampered[bit >> 3] = (tampered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return sealing.unseal(tampered.toString('base64'), place);
    });

    expect(opened.filter((text) => text !== undefined)).toEqual([]);
  });

  test.each([secret, ''])('cut at any byte: %j', (plain) => {
    const sealed = Buffer.from(sealing.seal(plain, place), 'base64');
    const opened = Array.from({ length: sealed.length }, (_, length) => [
      sealing.unseal(sealed.subarray(0, length).toString('base64'), place),
      sealing.unseal(sealed.subarray(sealed.length - length).toString('base64'), place),
    ]);

    expect(opened.flat().filter((text) => text !== undefined)).toEqual([]);
  });

  test('with something behind it', () => {
    const sealed = Buffer.from(sealing.seal(secret, place), 'base64');

    expect(sealing.unseal(Buffer.concat([sealed, Buffer.from([0])]).toString('base64'), place)).toBeUndefined();
  });

  test.each(['', ' ', 'not sealed', secret, 'A'.repeat(1000)])('nor what never was: %j', (text) => {
    expect(sealing.unseal(text, place)).toBeUndefined();
  });
});

describe('when the key is replaced', () => {
  const rotated = createSealing(['second-key', 'first-key']);

  test('what the old one sealed still opens', () => {
    expect(rotated.unseal(sealing.seal(secret, place), place)).toBe(secret);
  });

  test('the new one seals', () => {
    const sealed = rotated.seal(secret, place);

    expect(rotated.unseal(sealed, place)).toBe(secret);
    expect(createSealing(['second-key']).unseal(sealed, place)).toBe(secret);
    expect(sealing.unseal(sealed, place)).toBeUndefined();
  });
});

describe('what was sealed for one place', () => {
  test('does not open in another', () => {
    const sealed = sealing.seal(secret, place);

    for (const other of ['credential 2 keys', 'credential 1 key', ''])
      expect(sealing.unseal(sealed, other)).toBeUndefined();
  });

  test('says under which key it stands', () => {
    const rotated = createSealing(['second-key', 'first-key']);

    expect(sealing.seal(secret, place).startsWith(sealing.current)).toBe(true);
    expect(rotated.seal(secret, place).startsWith(rotated.current)).toBe(true);
    expect(sealing.seal(secret, place).startsWith(rotated.current)).toBe(false);
    expect(rotated.current).not.toBe(sealing.current);
  });
});

describe('a token', () => {
  const { tokens } = sealing;

  test('opens as it was, also after the key was replaced', () => {
    const token = tokens.seal(secret);

    expect(token).toMatch(/^[\w-]+$/u);
    expect(tokens.unseal(token)).toBe(secret);
    expect(createSealing(['second-key', 'first-key']).tokens.unseal(token)).toBe(secret);
    expect(createSealing(['second-key']).tokens.unseal(token)).toBeUndefined();
  });

  test('is not what stands in the database, nor the other way round', () => {
    const token = Buffer.from(tokens.seal(secret), 'base64url').toString('base64');
    const value = Buffer.from(sealing.seal(secret, ''), 'base64').toString('base64url');

    expect(sealing.unseal(token, '')).toBeUndefined();
    expect(tokens.unseal(value)).toBeUndefined();
  });
});
