import { describe, expect, test } from 'vitest';
import { chooseLanguage, type LanguagePreferences, languageProblems } from './language.ts';
import { surveyDefinition } from './survey.ts';

const existing = new Set(['en', 'de', 'fr', 'pt', 'nb', 'zh', 'ar']);
const all = ['en', 'de', 'fr', 'pt', 'nb', 'zh', 'ar'];

test('what was chosen on the page goes before what they were asked in', () => {
  expect(chooseLanguage(all, existing, { chosen: 'fr', explicit: 'de', recorded: 'pt' })).toBe('fr');
  expect(chooseLanguage(all, existing, { chosen: 'tlh', explicit: 'de', recorded: 'pt' })).toBe('de');
});

describe('a tag', () => {
  test.each([
    ['de', 'de'],
    ['DE', 'de'],
    ['de-AT', 'de'],
    ['de_AT', 'de'],
    [' de-AT-1996 ', 'de'],
    ['de-u-co-phonebk', 'de'],
    ['pt-BR', 'pt'],
    ['pt-pt', 'pt'],
    ['zh-Hans-CN', 'zh'],
    ['zh-cn', 'zh'],
    ['zh-SG', 'zh'],
    ['zh-TW', 'en'],
    ['zh_tw', 'en'],
    ['zh-HK', 'en'],
    ['zh-Hant', 'en'],
    ['zh-Hant-MO', 'en'],
    ['yue', 'en'],
    ['yue-Hans', 'zh'],
    ['cmn-Hans', 'zh'],
    ['cmn-Hant', 'en'],
    ['no', 'nb'],
    ['no-no', 'nb'],
    ['nn-NO', 'nb'],
    ['nb-NO', 'nb'],
    ['ar-EG', 'ar'],
    ['da', 'en'],
    ['sv-SE', 'en'],
    ['d', 'en'],
    ['deutsch', 'en'],
    ['', 'en'],
    ['de-', 'en'],
    ['../de', 'en'],
    ['constructor', 'en'],
    ['d'.repeat(9000), 'en'],
  ])('%j is answered in %s', (recorded, chosen) => {
    expect(chooseLanguage(all, existing, { recorded })).toBe(chosen);
  });

  test('finds what is closest to it', () => {
    const closer = new Set(['pt', 'pt-BR', 'nb', 'nn']);
    expect(chooseLanguage(['pt', 'pt-BR'], closer, { recorded: 'pt_br' })).toBe('pt-BR');
    expect(chooseLanguage(['pt-BR', 'pt'], closer, { recorded: 'pt-PT' })).toBe('pt');
    expect(chooseLanguage(['nb', 'nn'], closer, { recorded: 'nn-NO' })).toBe('nn');
  });

  test.each([
    ['zh-TW', 'zh-Hant'],
    ['zh-hk', 'zh-Hant'],
    ['zh_Hant_MO', 'zh-Hant'],
    ['yue-HK', 'zh-Hant'],
    ['zh', 'zh'],
    ['zh-CN', 'zh'],
    ['zh-Hans-HK', 'zh'],
    ['sr', 'sr'],
    ['sr-Latn-RS', 'en'],
    ['sr-ME', 'en'],
    ['uz-Cyrl', 'en'],
    ['uz', 'uz'],
    ['pa-PK', 'en'],
    ['pa-IN', 'pa'],
  ])('%j is answered in its own script, in %s', (recorded, chosen) => {
    const scripts = ['en', 'zh', 'zh-Hant', 'sr', 'uz', 'pa'];
    expect(chooseLanguage(scripts, new Set(scripts), { recorded })).toBe(chosen);
    expect(chooseLanguage(scripts, new Set(scripts), { accepted: `${recorded.replaceAll('_', '-')},en;q=0.5` })).toBe(
      chosen,
    );
  });
});

describe('what a browser accepts', () => {
  test.each([
    ['de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['en;q=0.5, fr', 'fr'],
    ['en;q=0.5;level=1, fr;level=1;Q=0.6', 'fr'],
    ['fr ; q=0.3 , de ; q=0.4', 'de'],
    ['fr;q=0.8,de;q=0.8', 'fr'],
    ['ja,ko;q=0.9,de;q=0.1', 'de'],
    ['de;q=0,fr;q=0.1', 'fr'],
    ['de;q=0', 'en'],
    ['*', 'en'],
    ['ja,*;q=0.5', 'en'],
    ['de;q=0.1,*', 'en'],
    ['de;q=nonsense,fr;q=0.2', 'fr'],
    ['nn-NO,no;q=0.9', 'nb'],
    [',;,q=1', 'en'],
  ])('%j is answered in %s', (accepted, chosen) => {
    expect(chooseLanguage(all, existing, { accepted })).toBe(chosen);
  });
});

describe('of several wishes', () => {
  const offered = ['fr', 'en', 'de'];

  test.each<[LanguagePreferences, string]>([
    [{ explicit: 'en', recorded: 'de', accepted: 'fr' }, 'en'],
    [{ explicit: 'ja', recorded: 'de-CH', accepted: 'en' }, 'de'],
    [{ recorded: 'de', accepted: 'en' }, 'de'],
    [{ recorded: 'ja', accepted: 'en' }, 'en'],
    [{ recorded: null, accepted: 'en' }, 'en'],
    [{ recorded: 'ja', accepted: 'ko' }, 'fr'],
    [{}, 'fr'],
  ])('%j, the strongest that can be fulfilled is: %s', (requests, chosen) => {
    expect(chooseLanguage(offered, existing, requests)).toBe(chosen);
  });

  test('none is fulfilled that the survey does not offer, or for which there are no texts', () => {
    expect(chooseLanguage(['en'], existing, { explicit: 'de' })).toBe('en');
    expect(chooseLanguage(['ja', 'de'], existing, { explicit: 'ja' })).toBe('de');
    expect(chooseLanguage(['ja'], existing, { explicit: 'de' })).toBeUndefined();
  });
});

test('a survey in languages without texts is told which there are', () => {
  const survey = surveyDefinition.parse({
    key: 'after-ticket',
    metric: 'nps',
    languages: ['en', 'ja'],
    texts: { own: { fr: { thanks: 'Merci.' }, 'de-AT': { thanks: 'Danke.' } } },
  });

  const unknown = (language: string) => ({
    code: 'field.unknown_language',
    params: { language, languages: ['de', 'en', 'fr'] },
  });
  expect(languageProblems(survey, new Set(['fr', 'en', 'de']))).toEqual([
    { field: 'languages[1]', message: unknown('ja') },
    { field: 'texts.own.de-AT', message: unknown('de-AT') },
  ]);
});
