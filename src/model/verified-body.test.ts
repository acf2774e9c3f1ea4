import { expect, test } from 'vitest';
import { BadRequest } from './errors.ts';
import { readJson } from './verified-body.ts';

test('reads a webhook body that begins with a byte order mark', () => {
  expect(readJson(Buffer.from('\uFEFF{"id": 1}'))).toEqual({ id: 1 });
});

test('refuses a webhook body that is not JSON, and quotes nothing of it', () => {
  expect(() => readJson(Buffer.from('ann@example.com'))).toThrow(BadRequest);
  expect(() => readJson(Buffer.from('ann@example.com'))).not.toThrow(/ann/u);
});
