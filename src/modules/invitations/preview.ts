import type { Texts } from '../../model/locale.ts';
import type { RenderedEmail } from '../../platform/email/email.ts';
import {
  type Brand,
  chooseSender,
  type Sender,
  type SurveyContent,
  surveyScale,
  underBrand,
} from '../surveys/index.ts';
import { compileConfirmation, compileInvitation } from './email/invitation.ts';

export type PreviewRequest = {
  survey: SurveyContent;
  /** In the language wanted. */
  texts: Texts;
  brand?: Brand | undefined;
  /** Whom mail is usually from. */
  usual?: { address: string; name?: string } | undefined;
  /** `confirmation` is the reminder to somebody who tapped a number. */
  email?: 'invitation' | 'reminder' | 'confirmation';
};

/** An email as somebody made up would get it, with links that lead nowhere. Without a sender, none could be sent. */
export async function previewEmail({
  survey,
  texts,
  brand,
  usual,
  email = 'invitation',
}: PreviewRequest): Promise<RenderedEmail & { sender: Sender | undefined }> {
  const { branding, ...said } = underBrand(survey, brand);
  const privacy = branding.privacyUrl === undefined ? {} : { privacyUrl: '#privacy' };
  const content = { survey: { ...said, branding: { ...branding, ...privacy } }, texts };
  const sender = chooseSender(survey.delivery, brand, usual);
  if (email === 'confirmation') {
    const tapped = surveyScale(survey).highest - 1;
    return { ...(await compileConfirmation(content)).render({ ...someone, tapped }), sender };
  }
  return { ...(await compileInvitation(content)).render({ ...someone, isReminder: email === 'reminder' }), sender };
}

const someone = {
  name: 'Alex',
  ratingUrl: (rating: number) => `#rating-${rating}`,
  unsubscribeUrl: '#unsubscribe',
  hiddenUrl: '#hidden',
};
