import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/domain/message.ts';
import type { Areas } from '../../src/messages/areas.ts';
import { catalogs } from '../../src/messages/catalogs.ts';
import { chooseMessageLanguage, messageLanguages } from '../../src/messages/languages.ts';
import { createRender } from '../../src/messages/render.ts';
import { decisionExamples } from './decisions.ts';
import { errorExamples } from './errors.ts';
import { eventExamples } from './events.ts';
import { evidenceExamples } from './evidence.ts';
import type { Examples } from './examples.ts';
import { failureExamples } from './failures.ts';
import { fieldExamples } from './fields.ts';
import { writeExamples } from './writes.ts';

const examples: Examples = {
  decisions: decisionExamples,
  errors: errorExamples,
  events: eventExamples,
  evidence: evidenceExamples,
  failures: failureExamples,
  fields: fieldExamples,
  reports: { scales_differ: [{ scales: ['CSAT 1–5', 'CSAT 1–10'] }] },
  writes: writeExamples,
};
const areas = Object.keys(examples) as (keyof Areas)[];

function messagesOf(area: keyof Areas): Message[] {
  return Object.entries(examples[area]).flatMap(([code, all]) =>
    (all as readonly Message['params'][]).map((params) => ({ code, params })),
  );
}

/** The sentence's key: the plural and what is looked up within it left out. */
const keyOf = ({ code, params: { kind } }: Message) => (kind === undefined ? code : `${code}_${String(kind)}`);

describe.each(messageLanguages)('the catalog in %s', (language) => {
  const say = createRender({ language, timeZone: 'Asia/Tokyo' });

  it.each(areas)('says everything of %s as it was read and found right', async (area) => {
    const lines = messagesOf(area).map((message) => `${keyOf(message)}\n  ${say(area, message)}\n`);
    await expect(lines.join('\n')).toMatchFileSnapshot(`rendered/${area}.${language}.txt`);
  });

  it.each(areas)('leaves no hole in a sentence of %s', (area) => {
    const holes = messagesOf(area).filter((message) =>
      /\{\{|\}\}|undefined|\bnull\b|\bNaN\b|Invalid Date/u.test(say(area, message)),
    );
    expect(holes).toEqual([]);
  });

  it.each(areas)('has a sentence for every example of %s, and none for nothing', (area) => {
    const wanted = new Set(messagesOf(area).map(keyOf));
    const sentences = Object.keys(catalogs[language][area])
      .filter((key) => !key.startsWith('word.'))
      .map((key) => key.replace(/_(?:zero|one|two|few|many|other)$/u, ''));
    expect([...new Set(sentences)].sort()).toEqual([...wanted].sort());
  });

  it.each(areas)('names the same parameters as English in %s', (area) => {
    const named = (sentence = '') => [...sentence.matchAll(/\{\{(\w+)/gu)].map(([, name]) => name).sort();
    const english = catalogs.en[area];
    const different = Object.entries(catalogs[language][area]).filter(
      ([key, sentence]) => new Set(named(sentence)).symmetricDifference(new Set(named(english[key]))).size > 0,
    );
    expect(different).toEqual([]);
  });
});

describe('what a message names', () => {
  const say = createRender({ language: 'en', timeZone: 'UTC' });

  it('is never taken for a part of the catalog', () => {
    const hostile = '{{ends, day}} $t(gone) <b>';
    expect(say('decisions', { code: 'another_survey', params: { survey: hostile } })).toContain(hostile);
  });

  it('is told in the time zone of whoever reads', () => {
    const message = { code: 'complained', params: { at: '2026-03-01T23:30:00.000Z' } } as const;
    const tokyo = createRender({ language: 'de', timeZone: 'Asia/Tokyo' });
    expect(say('decisions', message)).toContain('March 1, 2026');
    expect(tokyo('decisions', message)).toContain('2. März 2026');
  });

  it('keeps its code where no version of the catalog knows it', () => {
    expect(say('decisions', { code: 'rule_of_later', params: {} })).toBe('rule of later');
  });
});

describe('the language of a caller', () => {
  it.each([
    [['de-AT', 'fr'], 'de'],
    [['pt-BR', 'es-MX'], 'es'],
    [['nn'], 'nb'],
    [['no', 'en'], 'nb'],
    [['zh'], 'en'],
    [['*'], 'en'],
    [[], 'en'],
  ] as const)('of those that %j lists is %s', (wanted, language) => {
    expect(chooseMessageLanguage(wanted)).toBe(language);
  });
});
