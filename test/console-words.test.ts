import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Words = { [key: string]: string | Words };

const folder = new URL('../src/console/words/', import.meta.url);

/** Those the console offers beside English: what it would fetch, whether it is there or not. */
const languages = [...readFileSync(new URL('words.ts', folder), 'utf8').matchAll(/'\.\/(\w+)\/\*\.json'/gu)].map(
  ([, language = '']) => language,
);

/** What nobody translates: names, and what is called the same in all of these languages. */
const untranslated = [
  'NPS',
  'CSAT',
  'CES',
  'Net Promoter Score',
  'scoreback-backup-codes.txt',
  'Webhook',
  'Logo',
  'Pipeline',
];

/** What happens to be the same word there. */
const sameThere: Record<string, readonly string[]> = {
  de: [
    ...['Admin', 'Agent', 'Desktop', 'Feedback', 'Name', 'Neutral', 'Sandbox', 'Score', 'Spam', 'Status'],
    ...['System', 'Team', 'Test', 'Ticket', 'Version {{version}}'],
  ],
  es: ['Color', 'Detractor', 'Neutral', 'No', 'no', 'Sandbox', 'Spam', 'Ticket'],
  fr: [
    ...[
      'Actions',
      'Agent',
      'Condition {{number}}',
      'Contacts',
      'Invitation',
      'Invitations',
      'Menu',
      'Page',
      'Pages',
      'Pause',
    ],
    ...['Question', 'Sandbox', 'Satisfaction', 'Score', 'Spam', 'Test', 'test', 'Ticket', 'Versions'],
    ...['Version {{version}}', 'version {{version}}', 'minute', 'minutes', '{{count}} minute', '{{count}} minutes'],
  ],
  nb: ['Pause', 'Score', 'Status', 'System', 'Team', 'Test', 'test', '{{count}} person'],
};

const filesOf = (language: string) => readdirSync(new URL(`${language}/`, folder)).sort();

function readWords(language: string, file: string): Map<string, string> {
  return new Map(flatten(JSON.parse(readFileSync(new URL(`${language}/${file}`, folder), 'utf8'))));
}

function flatten(words: Words, at = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, word]): [string, string][] =>
    typeof word === 'string' ? [[at + key, word]] : flatten(word, `${at}${key}.`),
  );
}

/** How i18next marks the forms of a count, and of a place in an order. */
const counted = /(_ordinal)?_(?:zero|one|two|few|many|other)$/u;

const withoutForm = (key: string) => key.replace(counted, '$1');

/** The keys of English with the plural forms of another language in place of its own. */
function keysIn(language: string, keys: Iterable<string>): string[] {
  const all = [...keys].flatMap((key) => {
    const form = counted.exec(key);
    if (form === null) return [key];
    const rules = new Intl.PluralRules(language, { type: form[1] === undefined ? 'cardinal' : 'ordinal' });
    return rules.resolvedOptions().pluralCategories.map((category) => `${withoutForm(key)}_${category}`);
  });
  return [...new Set(all)].sort();
}

/** Placeholders and markup, which have to come through whole; in any order. */
const fixedPartsOf = (word: string) => (word.match(/\{\{?\w+\}\}?|<\/?\w+>/gu) ?? []).sort();

const saysNothing = (word: string) => !/\p{L}/u.test(word.replace(/\{\{\w+\}\}/gu, ''));

test('the console speaks more than English', () => {
  expect(languages).toContain('de');
});

describe.each(languages)('the console in %s', (language) => {
  test('has the files of English', () => {
    expect(filesOf(language)).toEqual(filesOf('en'));
  });

  describe.each(filesOf('en'))('%s', (file) => {
    const english = readWords('en', file);

    test('has the keys of English, with the plural forms of its own', () => {
      expect([...readWords(language, file).keys()].sort()).toEqual(keysIn(language, english.keys()));
    });

    test('says each in its own words, with the placeholders of English', () => {
      const leftAlone = new Set([...untranslated, ...(sameThere[language] ?? [])]);
      for (const [key, word] of readWords(language, file)) {
        // A form that English lacks is held against the one that it uses for most counts.
        const original = english.get(key) ?? english.get(`${withoutForm(key)}_other`) ?? '';

        expect(word.trim(), key).not.toBe('');
        expect(fixedPartsOf(word), key).toEqual(fixedPartsOf(original));
        if (!saysNothing(original) && !leftAlone.has(original)) expect(word, key).not.toBe(original);
      }
    });
  });
});
