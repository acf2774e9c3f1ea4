import type { Texts } from '../../model/locale.ts';
import type { RenderedEmail } from '../../platform/email/email.ts';
import { type Email, messageIdFor } from '../../platform/email/email.ts';
import type { ContactRow } from '../contacts/index.ts';
import {
  type BrandRow,
  chooseLanguage,
  chooseSender,
  type LanguagePreferences,
  underBrand,
  type VersionedSurvey,
} from '../surveys/index.ts';
import type { InvitationsContext } from './context.ts';
import { compileConfirmation, compileInvitation, type Recipient } from './email/invitation.ts';
import { withRating } from './links.ts';
import type { InvitationRow } from './queries/invitations.ts';

/** What an email is made of. */
export type EmailOccasion = {
  invitation: InvitationRow;
  survey: VersionedSurvey;
  contact: ContactRow;
  brand: BrandRow | undefined;
  texts: Texts;
  /** Which one this is; 0 is the email that asks. */
  reminder: number;
  /** The number that they tapped without doing anything more: the email asks whether it is right. */
  tapped?: number | undefined;
};

/** The email that asks, or reminds. */
export async function writeEmail(context: InvitationsContext, occasion: EmailOccasion): Promise<Email> {
  const { invitation, survey, contact, brand, reminder } = occasion;
  const sender = chooseSender(survey.content.delivery, brand?.content, context.email?.from);
  if (!sender) throw new Error('an email from nobody');
  const { replyTo, ...from } = sender;
  const named = contact.name === null ? {} : { name: contact.name };
  const unsubscribeUrl = context.links.unsubscribe(invitation.id);
  const page = context.links.survey(invitation.id);
  const rendered = await render(context, occasion, {
    ...named,
    ratingUrl: (rating: number) => withRating(page, rating),
    unsubscribeUrl,
    hiddenUrl: context.links.hidden(invitation.id),
  });
  return {
    to: { address: invitation.email, ...named },
    from,
    ...(replyTo === undefined ? {} : { replyTo }),
    messageId: messageIdFor(`${invitation.id}.${reminder}`, from),
    date: context.clock(),
    ...rendered,
    unsubscribeUrl,
  };
}

/** Compiled once for whatever makes it another email: what the survey says under its brand, and the language. */
async function render(
  context: InvitationsContext,
  { survey, brand, texts, reminder, tapped }: EmailOccasion,
  recipient: Recipient,
): Promise<RenderedEmail> {
  const content = { survey: underBrand(survey.content, brand?.content), texts };
  const key = `${texts.language.tag} ${JSON.stringify(content.survey)}`;
  if (tapped !== undefined) {
    const template = await context.emailTemplates.of(`confirms ${key}`, () => compileConfirmation(content));
    return template.render({ ...recipient, tapped });
  }
  const template = await context.emailTemplates.of(`asks ${key}`, () => compileInvitation(content));
  return template.render({ ...recipient, isReminder: reminder > 0 });
}

/** In the language that they were asked in, so that a reminder speaks the same; at first that of their record. */
export function emailTexts(
  context: Pick<InvitationsContext, 'texts'>,
  { invitation, survey, contact }: Pick<EmailOccasion, 'invitation' | 'survey' | 'contact'>,
): Texts {
  return chooseTexts(context, survey, contact, { explicit: invitation.language ?? undefined });
}

/**
 * What is said in the language that suits the contact best, of those that the survey offers.
 *
 * @param preferences beside their record, as far as they are known
 */
export function chooseTexts(
  { texts }: Pick<InvitationsContext, 'texts'>,
  survey: Pick<VersionedSurvey, 'content'>,
  contact: Pick<ContactRow, 'language'>,
  preferences: Omit<LanguagePreferences, 'recorded'> = {},
): Texts {
  const { languages } = survey.content.texts;
  const chosen = chooseLanguage(languages, texts, { ...preferences, recorded: contact.language }) ?? 'en';
  const found = texts.get(chosen);
  if (!found) throw new Error(`the texts in "${chosen}" are missing`);
  return found;
}
