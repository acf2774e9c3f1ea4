import { readLocales } from '../config/locales.ts';
import type { Texts } from '../src/model/locale.ts';
import type { EmailContent } from '../src/modules/invitations/email/email-document.ts';
import type { Recipient } from '../src/modules/invitations/email/invitation.ts';
import { surveyContentFrom, surveyDefinition } from '../src/modules/surveys/survey.ts';

/** Every language that there is, by tag. */
export const locales = readLocales();
export const english = locales.get('en') as Texts;
/** Read from right to left. */
export const arabic = locales.get('ar') as Texts;

export const ann: Recipient & { name: string } = {
  name: 'Ann Example',
  ratingUrl: (rating) => `https://x.test/s/TOKEN?rating=${rating}`,
  unsubscribeUrl: 'https://x.test/u/TOKEN?a=1&b=2',
  hiddenUrl: 'https://x.test/about/TOKEN',
};

export function emailContent(survey: object = {}, texts: Texts = english): EmailContent {
  return {
    survey: surveyContentFrom(surveyDefinition.parse({ key: 'a', metric: 'nps', company: 'Acme', ...survey })),
    texts,
  };
}

/** What somebody who reads the email can follow: each address as it stands in the markup, and what it says. */
export function visibleLinks(html: string): (readonly [string | undefined, string | undefined])[] {
  return [...html.matchAll(/<a\s(?<attributes>[^>]*)>(?<inside>.*?)<\/a>/gsu)]
    .map(({ groups }) => ({ attributes: groups?.attributes ?? '', inside: groups?.inside }))
    .filter(({ attributes }) => !attributes.includes('display:none'))
    .map(({ attributes, inside }) => [/href="([^"]*)"/u.exec(attributes)?.[1], inside] as const);
}
