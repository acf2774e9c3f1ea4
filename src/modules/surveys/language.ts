import { unknownLanguage } from '../../model/languages.ts';
import type { FieldProblem } from '../../model/messages/field-message.ts';
import type { SurveyContent } from './survey.ts';

/** Who wishes for which language, the strongest wish first; whoever said nothing is left out. */
export type LanguagePreferences = {
  /** Chosen on the page: a BCP 47 tag. */
  chosen?: string | undefined;
  /** Asked for by the caller, or what they were asked in before. */
  explicit?: string | undefined;
  /** On the contact's record: a tag as their system writes it, e.g. `pt-br`, `de_AT`. */
  recorded?: string | null | undefined;
  /** What their browser sends as `Accept-Language`. */
  accepted?: string | undefined;
};

/** The languages in which there are texts, by their tags. */
export type Languages = Pick<ReadonlyMap<string, unknown>, 'has' | 'keys'>;

/**
 * What is read by those for whose own language there is nothing: `no` means either of the two written ones, and
 * Cantonese is written as Chinese is.
 */
const readInstead: Readonly<Record<string, string>> = { no: 'nb', nn: 'nb', yue: 'zh' };

/**
 * The language to speak to a contact in: the strongest wish that the survey can fulfil, else its first language.
 *
 * @param offered the survey's languages
 * @returns nothing when there are texts in none of them
 */
export function chooseLanguage(
  offered: readonly string[],
  existing: Languages,
  { chosen, explicit, recorded, accepted }: LanguagePreferences,
): string | undefined {
  const spoken = offered.filter((language) => existing.has(language));
  for (const request of [chosen ?? '', explicit ?? '', recorded ?? '', ...readAccepted(accepted ?? '')]) {
    const found = request === '*' ? spoken[0] : findClosest(spoken, request);
    if (found !== undefined) return found;
  }
  return spoken[0];
}

/**
 * What a survey says of languages in which there are no texts; the field is named as the
 * survey's parts are.
 */
export function languageProblems(
  { texts: { languages, own } }: Pick<SurveyContent, 'texts'>,
  existing: Languages,
): readonly FieldProblem[] {
  const named = [
    ...languages.map((language, index) => ({ language, field: `languages[${index}]` })),
    ...Object.keys(own).map((language) => ({ language, field: `texts.own.${language}` })),
  ];
  const choice = [...existing.keys()].sort();
  return named
    .filter(({ language }) => !existing.has(language))
    .map(({ language, field }) => ({ field, message: unknownLanguage(language, choice) }));
}

/**
 * The tag itself, or what is left of it without its region and the like (RFC 4647, "lookup"), as long as it is written
 * in the same script: who reads Traditional Chinese is never answered in Simplified, and Serbian in Latin letters never
 * in Cyrillic ones. A tag without a script has the usual one of its region (CLDR's likely subtags): `zh-TW` is `zh-Hant`.
 */
function findClosest(spoken: readonly string[], request: string): string | undefined {
  const tag = readTag(request);
  if (tag === undefined) return undefined;
  const { language, script, region } = tag.maximize();
  const named = [language, readInstead[language]].flatMap((one) =>
    one === undefined ? [] : [`${one}-${script}-${region}`, `${one}-${region}`, `${one}-${script}`, one],
  );
  return [...withoutEnds(tag.baseName), ...named]
    .map((candidate) => spoken.find((offered) => offered.toLowerCase() === candidate.toLowerCase()))
    .find((found) => found !== undefined && new Intl.Locale(found).maximize().script === script);
}

/** `de-AT-1996`, then `de-AT`, then `de`. */
function withoutEnds(tag: string): string[] {
  const subtags = tag.split('-');
  return subtags.map((_, index) => subtags.slice(0, subtags.length - index).join('-'));
}

/** As its system writes it, e.g. `pt-br`, `de_AT`; nothing when it is no tag. */
export function readTag(written: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(written.trim().replaceAll('_', '-'));
  } catch {
    return undefined;
  }
}

/** The ranges that are acceptable at all, the most welcome first: RFC 9110, section 12.5.4. */
function readAccepted(header: string): readonly string[] {
  return header
    .split(',')
    .map((item) => {
      const [range = '', ...parameters] = item.split(';').map((part) => part.trim());
      const quality = parameters.find((parameter) => /^q=/iu.test(parameter))?.slice(2);
      return { range, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ range }) => range);
}
