import { fill, type Texts } from '../../model/locale.ts';
import { type Position, positions } from '../../model/scale.ts';
import type { SurveyContent } from './survey.ts';
import { type OwnWords, usualCompany } from './texts.ts';

/** What a survey says in one language: its own words where it has some, else the standard wording. */
export type Wording = {
  question: string;
  subject: string;
  reminderSubject: string;
  introduction: string;
  closing: string;
  /** The question about the reason: before a number is chosen, and after a high, middling and low one. */
  comment: Readonly<Record<Position | 'any', string>>;
  mayContact: string;
  afterHigh: string;
  thanks: string;
};

/**
 * @param texts in the language that was chosen
 * @param name the contact's, where words of one's own address them by it; what they are called must be fit to be shown
 */
export function composeWording(
  { metric, texts: said }: Pick<SurveyContent, 'metric' | 'texts'>,
  texts: Texts,
  name?: string,
): Wording {
  const own: OwnWords = said.own[texts.language.tag] ?? {};
  const values = { company: companyName({ texts: said }, texts), audience: own.audience ?? texts.audience };
  const words = (written: string | undefined, standard: string) =>
    name === undefined
      ? fill(withoutName(written ?? standard), values)
      : fill(written ?? standard, { ...values, name });
  const reasons = { top: own.commentTop, middle: own.commentMiddle, bottom: own.commentBottom };
  const comment = positions.map(
    (position) => [position, words(reasons[position] ?? own.comment, texts.comment[metric][position])] as const,
  );
  return {
    question: words(own.question, texts.question[metric]),
    subject: words(own.subject, texts.email.subject),
    reminderSubject: words(own.reminderSubject, texts.email.reminderSubject),
    introduction: words(own.introduction, texts.email.introduction),
    closing: words(own.closing, texts.email.closing),
    comment: { any: words(own.comment, texts.comment.any), ...Object.fromEntries(comment) } as Wording['comment'],
    mayContact: words(own.mayContact, texts.page.mayContact),
    afterHigh: words(own.afterHigh, texts.page.afterHighButton),
    thanks: words(own.thanks, texts.page.thanks.text),
  };
}

/**
 * What a survey says in words of its own in another of its languages, and in this one with the standard wording: what
 * an editor shows as not written yet.
 */
export function unwritten({ languages, own }: SurveyContent['texts'], language: string): readonly (keyof OwnWords)[] {
  const here = own[language] ?? {};
  const elsewhere = languages.flatMap((other) => Object.keys(own[other] ?? {}) as (keyof OwnWords)[]);
  return [...new Set(elsewhere)].filter((word) => here[word] === undefined);
}

/** What is filled in for `{company}`: the name that the survey gives it, else "us" in the language that was chosen. */
export function companyName({ texts: { company } }: Pick<SurveyContent, 'texts'>, texts: Texts): string {
  return company === usualCompany ? texts.us : company;
}

/** "Hello {name}, how was it?" is "Hello, how was it?" to somebody without a name; "{name}, how was it?" is "How was it?" */
function withoutName(words: string): string {
  return words
    .replace(/^\s*\{name\}[\s,;:.!،，、–—-]*(\p{Ll}?)/u, (_all, first: string) => first.toUpperCase())
    .replace(/[,،，、]?\s*\{name\}/gu, '');
}
