import { fill } from '../../../model/locale.ts';
import { points } from '../../../model/scale.ts';
import { npsTrademark } from '../../../platform/trademark.ts';
import { companyName, surveyScale, type Wording } from '../../surveys/index.ts';
import type { EmailContent } from './email-document.ts';

type Links = { ratingUrl(rating: number): string; unsubscribeUrl: string };

/** The email that asks, for whoever reads it without markup. */
export function plainInvitation(content: EmailContent, wording: Wording, to: Links & { greeting: string }): string {
  const { email } = content.texts;
  return paragraphs([
    to.greeting,
    wording.introduction,
    wording.question,
    ...plainScale(content, to),
    email.instruction,
    wording.closing,
    plainSmallPrint(content, to),
  ]);
}

/** The reminder to somebody who tapped a number. */
export function plainConfirmation(content: EmailContent, wording: Wording, to: Links & { tapped: number }): string {
  const { email, page } = content.texts;
  const rating = to.tapped;
  return paragraphs([
    fill(email.confirm, { rating }),
    wording.question,
    `${fill(email.confirmButton, { rating })}: ${to.ratingUrl(rating)}`,
    email.confirmInstruction,
    page.otherNumber,
    ...plainScale(content, to),
    wording.closing,
    plainSmallPrint(content, to),
  ]);
}

function plainScale({ survey, texts }: EmailContent, { ratingUrl }: Links): readonly string[] {
  const scale = surveyScale(survey);
  const { lowest, highest } = texts.anchors[scale.metric];
  return [
    `${scale.lowest} = ${lowest}, ${scale.highest} = ${highest}`,
    points(scale)
      .map((rating) => `${rating}: ${ratingUrl(rating)}`)
      .join('\n'),
  ];
}

function plainSmallPrint({ survey, texts }: EmailContent, { unsubscribeUrl }: Links): string {
  const { email } = texts;
  const company = companyName(survey, texts);
  const { privacyUrl, postalAddress } = survey.branding;
  return [
    '-- ',
    fill(email.why, { company }),
    `${email.unsubscribe}: ${unsubscribeUrl}`,
    fill(email.seenBy, { company }),
    ...(privacyUrl === undefined ? [] : [`${email.privacy}: ${privacyUrl}`]),
    ...(postalAddress ? [postalAddress] : []),
    ...(survey.metric === 'nps' ? [npsTrademark] : []),
  ].join('\n');
}

function paragraphs(all: readonly string[]): string {
  return all.join('\n\n').concat('\n');
}
