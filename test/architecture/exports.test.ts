import { expect, it } from 'vitest';
import { listRepeatedExports } from './exports.ts';

it.each([
  ['functions', 'export async function look() {}', 'export function look() {}'],
  ['a type and a value', 'export type Look = string;', 'export const Look = 1;'],
  ['a class and a generator', 'export class Look {}', 'export function* Look() {}'],
])('finds %s of the same name in two files', (_what, one, other) => {
  const found = listRepeatedExports([
    { path: 'src/one.ts', text: one },
    { path: 'config/other.ts', text: other },
  ]);
  expect(found).toEqual([expect.stringMatching(/^look is exported by src\/one\.ts, config\/other\.ts$/iu)]);
});

it.each([
  ['the signatures of one function', 'src/a.ts', 'export function b(of: 1): 1;\nexport function b(of: 2): 2;'],
  ['an index file', 'src/one/index.ts', 'export const a = 1;'],
  ['a test', 'src/a.test.ts', 'export const a = 1;'],
  ['a connector', 'connectors/other/actions.ts', 'export const a = 1;'],
  ['a name that is not exported', 'src/b.ts', 'const a = 1;\nexport const ab = a;'],
])('leaves %s alone', (_what, path, text) => {
  expect(
    listRepeatedExports([
      { path: 'src/c.ts', text: 'export const a = 1;' },
      { path, text },
    ]),
  ).toEqual([]);
});
