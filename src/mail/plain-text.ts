import { fill } from '../domain/locale.ts';
import { points } from '../domain/survey/scale.ts';
import { surveyScale } from '../domain/survey/survey.ts';
import { companyOf, type Wording } from '../domain/survey/wording.ts';
import { npsTrademark } from '../domain/trademark.ts';
import type { LetterContent } from './letter-document.ts';

type Links = { ratingUrl(rating: number): string; unsubscribeUrl: string };

/** The letter that asks, for whoever reads it without markup. */
export function plainInvitation(content: LetterContent, wording: Wording, to: Links & { greeting: string }): string {
  const { mail } = content.texts;
  return paragraphs([
    to.greeting,
    wording.introduction,
    wording.question,
    ...plainScale(content, to),
    mail.instruction,
    wording.closing,
    plainSmallPrint(content, to),
  ]);
}

/** The reminder to somebody who tapped a number. */
export function plainConfirmation(content: LetterContent, wording: Wording, to: Links & { tapped: number }): string {
  const { mail, page } = content.texts;
  const rating = to.tapped;
  return paragraphs([
    fill(mail.confirm, { rating }),
    wording.question,
    `${fill(mail.confirmButton, { rating })}: ${to.ratingUrl(rating)}`,
    mail.confirmInstruction,
    page.otherNumber,
    ...plainScale(content, to),
    wording.closing,
    plainSmallPrint(content, to),
  ]);
}

function plainScale({ survey, texts }: LetterContent, { ratingUrl }: Links): readonly string[] {
  const scale = surveyScale(survey);
  const { lowest, highest } = texts.anchors[scale.metric];
  return [
    `${scale.lowest} = ${lowest}, ${scale.highest} = ${highest}`,
    points(scale)
      .map((rating) => `${rating}: ${ratingUrl(rating)}`)
      .join('\n'),
  ];
}

function plainSmallPrint({ survey, texts }: LetterContent, { unsubscribeUrl }: Links): string {
  const { mail } = texts;
  const company = companyOf(survey, texts);
  const { privacyUrl, postalAddress } = survey.look;
  return [
    '-- ',
    fill(mail.why, { company }),
    `${mail.unsubscribe}: ${unsubscribeUrl}`,
    fill(mail.seenBy, { company }),
    ...(privacyUrl === undefined ? [] : [`${mail.privacy}: ${privacyUrl}`]),
    ...(postalAddress ? [postalAddress] : []),
    ...(survey.metric === 'nps' ? [npsTrademark] : []),
  ].join('\n');
}

function paragraphs(all: readonly string[]): string {
  return all.join('\n\n').concat('\n');
}
