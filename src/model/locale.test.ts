import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { readLocales } from '../../config/locales.ts';
import { recordFields } from './crm-field-definitions.ts';
import { fill, readTexts, type Texts } from './locale.ts';

const folder = new URL('../../config/locales/', import.meta.url);
const locales = readLocales();
const english = locales.get('en') as Texts;
const saidInEnglish = new Map(textsIn(english));

/** What is the same word in both languages. */
const shared: Readonly<Record<string, readonly string[]>> = {
  da: ['page.sendRating', 'fields.options.neutral'],
  de: ['panel.ticket', 'fields.options.neutral'],
  es: ['panel.ticket', 'fields.options.detractor', 'fields.options.neutral'],
  fr: ['panel.ticket'],
  it: ['panel.ticket'],
  nl: ['panel.ticket'],
  pt: ['panel.ticket'],
  nb: ['page.sendRating'],
  sv: ['fields.options.neutral'],
};

const fromRightToLeft = ['ar'];

test.each(await readdir(folder))('%s says which language it is, and everything in the usual order', async (file) => {
  const written = await fileOf(file);

  expect(`${written.language.tag}.json`).toBe(file);
  expect(placesIn(written)).toEqual(placesIn(await fileOf('en.json')));
});

describe.each([...locales])('what is said in %s', (tag, texts) => {
  const all = textsIn(texts);

  test('is read in its own direction', () => {
    expect(texts.language.direction).toBe(fromRightToLeft.includes(tag) ? 'rtl' : 'ltr');
  });

  test('has a place that is small', () => {
    const long = all.filter(([place, text]) => text.length > 2 * (saidInEnglish.get(place) ?? '').length + 40);

    expect(long).toEqual([]);
  });

  test('is calm and well set', () => {
    for (const [, text] of all) {
      expect(text).not.toMatch(/[!！]|\.\.|^\s|\s$| {2}/u);
      expect([...text.matchAll(/["„“”«»「」]/gu)].length % 2, text).toBe(0);
    }
  });

  test('never begins a sentence with the company, which may be "us"', () => {
    expect(all.filter(([, text]) => /(?:^|[.?:。？：؟]\s*)\{company\}/u.test(text))).toEqual([]);
  });

  test('names every field, and every option of a field, differently', () => {
    const { labels, options } = texts.fields;
    const choices = recordFields.flatMap((field) => (field.type === 'choice' ? [field.options] : []));

    expect(new Set(Object.values(labels))).toHaveLength(recordFields.length);
    for (const choice of choices) {
      expect(new Set(choice.map(({ value }) => options[value]))).toHaveLength(choice.length);
    }
  });
});

test.each([...locales].filter(([tag]) => tag !== 'en'))('nothing is left in English in %s', (tag, texts) => {
  const same = textsIn({ ...texts, language: {} }).filter(([place, text]) => text === saidInEnglish.get(place));

  expect(same.map(([place]) => place)).toEqual(shared[tag] ?? []);
});

describe('a locale file is refused', () => {
  test.each([
    ['a missing text', { closing: undefined }, 'closing'],
    ['an empty text', { closing: ' ' }, 'too_small'],
    ['an unknown text', { farewell: 'Bye' }, 'farewell'],
    ['a missing placeholder', { greeting: 'Hello,' }, 'field.missing_placeholder'],
    ['a mistyped placeholder', { why: 'You asked {compny} and {company}.' }, 'field.unknown_placeholder'],
  ])('with %s', (_, email, problem) => {
    const broken = structuredClone<{ email: object }>(english);
    Object.assign(broken.email, email);

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

async function fileOf(name: string): Promise<Texts> {
  return JSON.parse(await readFile(new URL(name, folder), 'utf8')) as Texts;
}

function placesIn(texts: Texts): readonly string[] {
  return textsIn(texts).map(([place]) => place);
}

/** Every text with the place where it stands, e.g. `email.subject`. */
function textsIn(of: object, above = ''): readonly (readonly [string, string])[] {
  return Object.entries(of).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${above}${key}`, value] as const] : textsIn(value as object, `${above}${key}.`),
  );
}
