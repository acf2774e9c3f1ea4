import { type Brand, chooseSender, type Sender, underBrand } from '../../domain/brand.ts';
import type { Texts } from '../../domain/locale.ts';
import { type SurveyContent, surveyScale } from '../../domain/survey/survey.ts';
import { compileConfirmation, compileInvitation, type RenderedLetter } from '../../mail/invitation.ts';

export type PreviewWish = {
  survey: SurveyContent;
  /** In the language wanted. */
  texts: Texts;
  brand?: Brand | undefined;
  /** Whom mail is usually from. */
  usual?: { address: string; name?: string } | undefined;
  /** `confirmation` is the reminder to somebody who tapped a number. */
  letter?: 'invitation' | 'reminder' | 'confirmation';
};

/** A letter as somebody made up would get it, with links that lead nowhere. Without a sender, none could be sent. */
export async function previewLetter({
  survey,
  texts,
  brand,
  usual,
  letter = 'invitation',
}: PreviewWish): Promise<RenderedLetter & { sender: Sender | undefined }> {
  const { look, ...said } = underBrand(survey, brand);
  const privacy = look.privacyUrl === undefined ? {} : { privacyUrl: '#privacy' };
  const content = { survey: { ...said, look: { ...look, ...privacy } }, texts };
  const sender = chooseSender(survey.delivery, brand, usual);
  if (letter === 'confirmation') {
    const tapped = surveyScale(survey).highest - 1;
    return { ...(await compileConfirmation(content)).render({ ...someone, tapped }), sender };
  }
  return { ...(await compileInvitation(content)).render({ ...someone, isReminder: letter === 'reminder' }), sender };
}

const someone = {
  name: 'Alex',
  ratingUrl: (rating: number) => `#rating-${rating}`,
  unsubscribeUrl: '#unsubscribe',
  hiddenUrl: '#hidden',
};
