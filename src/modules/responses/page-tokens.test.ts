import { expect, test } from 'vitest';
import { createNetworkHashes } from '../../platform/hashes.ts';
import { createPageTokens } from './page-tokens.ts';

const id = 'AAECAwQFBgcICQoLDA0ODw';
const tokens = createPageTokens(['first-key']);

test('a page proves for which opening of which invitation it was rendered', () => {
  expect(tokens.read(id, tokens.of(id, 4711))).toBe(4711);
});

test.each([
  ['of another invitation', tokens.of('Dw4NDAsKCQgHBgUEAwIBAA', 4711)],
  ['for another opening', tokens.of(id, 4711).replace('4711', '4712')],
  ['under a key that is not ours', createPageTokens(['another-key']).of(id, 4711)],
  ['cut short', tokens.of(id, 4711).slice(0, -1)],
  ['without a signature', '4711.'],
  ['that is empty', ''],
  ['that is something else', 'x'.repeat(10_000)],
])('a token %s proves nothing', (_what, token) => {
  expect(tokens.read(id, token)).toBeUndefined();
});

test('pages of an old key still prove it, until the key goes', () => {
  const token = tokens.of(id, 1);

  expect(createPageTokens(['second-key', 'first-key']).read(id, token)).toBe(1);
  expect(createPageTokens(['second-key']).read(id, token)).toBeUndefined();
});

test('a network is known again under the same key only', () => {
  const { of } = createNetworkHashes(['first-key']);

  expect(of('192.0.2.1', 'Firefox')).toBe(of('192.0.2.1', 'Firefox'));
  const others = [
    of('192.0.2.2', 'Firefox'),
    of('192.0.2.1', 'Chrome'),
    createNetworkHashes(['second-key']).of('192.0.2.1', 'Firefox'),
  ];
  expect(others).not.toContain(of('192.0.2.1', 'Firefox'));
});
