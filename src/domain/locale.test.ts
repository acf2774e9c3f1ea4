import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { fill, readTexts } from './locale.ts';

const locales = new URL('../../config/locales/', import.meta.url);
const english: unknown = JSON.parse(await readFile(new URL('en.json', locales), 'utf8'));

test.each(await readdir(locales))('%s is complete and says which language it is', async (file) => {
  const texts = readTexts(JSON.parse(await readFile(new URL(file, locales), 'utf8')));

  expect(`${texts.language.tag}.json`).toBe(file);
});

describe('a locale file is refused', () => {
  test.each([
    ['a missing text', { closing: undefined }, 'closing'],
    ['an empty text', { closing: ' ' }, 'must not be empty'],
    ['an unknown text', { farewell: 'Bye' }, 'farewell'],
    ['a missing placeholder', { greeting: 'Hello,' }, 'must contain {name}'],
    ['a mistyped placeholder', { why: 'You asked {compny} and {company}.' }, 'knows no {compny}'],
  ])('with %s', (_, mail, problem) => {
    const broken = structuredClone(english) as { mail: object };
    Object.assign(broken.mail, mail);

    expect(() => readTexts(broken)).toThrow(problem);
  });
});

describe('filling', () => {
  test.each([
    ['{a} and {a}', { a: 'x' }, 'x and x'],
    ['{a}{b}', { a: '{b}', b: '$&' }, '{b}$&'],
    ['{a} {b}', { a: 0 }, '0 {b}'],
    ['{toString}', {}, '{toString}'],
  ])('%j with %j is %j', (template, values, filled) => {
    expect(fill(template, values)).toBe(filled);
  });
});
