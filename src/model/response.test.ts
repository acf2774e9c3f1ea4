import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanComment } from './response.ts';

describe('a comment is kept', () => {
  test.each([
    ['as it is', 'Quick, and kind.', 'Quick, and kind.'],
    ['without spaces around it', ' \t\n Quick. \u00A0\n', 'Quick.'],
    ['with its lines', 'One\n\n\tTwo', 'One\n\n\tTwo'],
    ['with one kind of line break', 'One\r\nTwo\rThree\n\r\nFour', 'One\nTwo\nThree\n\nFour'],
    ['without NUL, which no database takes', 'a\u0000b', 'ab'],
    ['without control characters', '\u0007a\u001B[31m\u007Fb\u0085c\u009B', 'a[31mbc'],
    ['with half a surrogate pair replaced', 'a\uD83Db\uDE00', 'a\uFFFDb\uFFFD'],
    ['without joining what a control character held apart', '\uD83D\u0000\uDE00', '\uFFFD\uFFFD'],
    ['with emoji', 'Thanks 👩‍👩‍👧‍👦 ❤️ 👍🏽 🇩🇪', 'Thanks 👩‍👩‍👧‍👦 ❤️ 👍🏽 🇩🇪'],
    ['in any script', 'شكرًا · ありがとう · děkuji', 'شكرًا · ありがとう · děkuji'],
    ['without reading it as HTML', '<b>5 &amp; 6</b>', '<b>5 &amp; 6</b>'],
  ])('%s', (_, raw, kept) => {
    expect(cleanComment(raw)).toBe(kept);
  });
});

test.each(['', ' ', '\r\n\t', '\u0000', ' \u0007\n '])('%j is no comment', (raw) => {
  expect(cleanComment(raw)).toBeNull();
});

test('what was cleaned is clean', () => {
  const units = fc.constantFrom('\r', '\n', '\t', ' ', '\u0000', '\u0085', '\uD83D', '\uDE00', 'a', '👍');
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: units }), fc.string({ unit: 'binary' })), (raw) => {
      const kept = cleanComment(raw) ?? '';

      expect(cleanComment(kept) ?? '').toBe(kept);
      expect(kept).toBe(kept.trim());
      expect(kept.isWellFormed()).toBe(true);
      expect(kept.replaceAll(/[\n\t]/gu, '')).not.toMatch(/\p{Cc}/u);
    }),
  );
});
