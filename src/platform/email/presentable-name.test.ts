import { expect, test } from 'vitest';
import { onOneLine, presentableName } from './presentable-name.ts';

test.each([
  ['  Ann   Example ', 'Ann Example'],
  ['Ann\r\nExample', 'Ann Example'],
  ['J.R.R. Tolkien', 'J.R.R. Tolkien'],
  ['Ann 👩‍👩‍👧 O’Hara-Łuk', 'Ann 👩‍👩‍👧 O’Hara-Łuk'],
  ['نام\u200Cها', 'نام\u200Cها'],
  ['<b>Ann</b>', '<b>Ann</b>'],
  ['\u202EnnA', 'nnA'],
  ['A\uD800nn', 'A\uFFFDnn'],
])('%j is shown as %j', (raw, shown) => {
  expect(presentableName(raw)).toBe(shown);
});

test.each([
  undefined,
  '',
  ' \u200E\n',
  'https://evil.example.com',
  'Win at evil.example',
  'www.example.com',
  'ann@example.com',
  'x'.repeat(81),
])('%j is not used', (raw) => {
  expect(presentableName(raw)).toBeUndefined();
});

test('a header value ends no line', () => {
  expect(onOneLine('a\u0085b\u2029c\vd\u0000e')).toBe('a b c d e');
});
