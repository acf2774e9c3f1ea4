import { describe, expect, it } from 'vitest';
import { chooseMessageLanguage, messageLanguages } from '../../src/model/messages/languages.ts';
import type { Areas } from '../../src/platform/messages/areas.ts';
import { catalogs } from '../../src/platform/messages/catalogs.ts';
import { createRender } from '../../src/platform/messages/render.ts';
import { attentionExamples } from './attention.ts';
import { holesIn, keysIn, messageKeys, namedOtherwise } from './checks.ts';
import { decisionExamples } from './decisions.ts';
import { errorExamples } from './errors.ts';
import { eventExamples } from './events.ts';
import { evidenceExamples } from './evidence.ts';
import { type Examples, messageKey, messagesIn } from './examples.ts';
import { failureExamples } from './failures.ts';
import { fieldExamples } from './fields.ts';
import { findingExamples } from './findings.ts';
import { writeExamples } from './writes.ts';

const examples: Examples = {
  decisions: decisionExamples,
  errors: errorExamples,
  events: eventExamples,
  evidence: evidenceExamples,
  failures: failureExamples,
  fields: fieldExamples,
  findings: findingExamples,
  attention: attentionExamples,
  flags: {
    at_risk: [{ nps: 6, first: 1, firstScale: 5, second: 2, secondScale: 5, third: 3, thirdScale: 10 }],
    advocate: [{ nps: 9, csat: 4, scale: 5 }],
  },
  reports: { scales_differ: [{ scales: ['CSAT 1–5', 'CSAT 1–10'] }] },
  writes: writeExamples,
};
const areas = Object.keys(examples) as (keyof Areas)[];

const messagesOf = (area: keyof Areas) => messagesIn(examples[area]);

describe.each(messageLanguages)('the catalog in %s', (language) => {
  const say = createRender({ language, timeZone: 'Asia/Tokyo' });

  it.each(areas)('says everything of %s as it was read and found right', async (area) => {
    const lines = messagesOf(area).map((message) => `${messageKey(message)}\n  ${say(area, message)}\n`);
    await expect(lines.join('\n')).toMatchFileSnapshot(`rendered/${area}.${language}.txt`);
  });

  it.each(areas)('leaves no hole in a sentence of %s', (area) => {
    expect(holesIn(messagesOf(area), (message) => say(area, message))).toEqual([]);
  });

  it.each(areas)('has a sentence for every example of %s, and none for nothing', (area) => {
    expect(keysIn(catalogs[language][area])).toEqual(messageKeys(messagesOf(area)));
  });

  it.each(areas)('names the same parameters as English in %s', (area) => {
    expect(namedOtherwise(catalogs[language][area], catalogs.en[area])).toEqual([]);
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
  ] as const)('of those that %j lists is %s', (accepted, language) => {
    expect(chooseMessageLanguage(accepted)).toBe(language);
  });
});
