import { fill, type Texts } from '../../domain/locale.ts';
import { chooseLanguage, type LanguageWishes } from '../../domain/survey/language.ts';
import { surveyScale } from '../../domain/survey/survey.ts';
import { companyOf } from '../../domain/survey/wording.ts';
import { compileInvitation, type InvitationTemplate } from '../../mail/invitation.ts';
import type { Letter } from '../../mail/letter.ts';
import type { ContactRow } from '../../store/contacts.ts';
import type { InvitationRow } from '../../store/invitations.ts';
import type { VersionedSurvey } from '../../store/surveys.ts';
import type { Context, Mail } from '../context.ts';

const templates = new WeakMap<Context, Map<string, Promise<InvitationTemplate>>>();

/** The letter that asks, or reminds; compiled once for each version and language of a survey. */
export async function writeLetter(
  context: Context,
  mail: Mail,
  {
    invitation,
    survey,
    contact,
    reminder,
  }: {
    invitation: InvitationRow;
    survey: VersionedSurvey;
    contact: ContactRow;
    reminder: number;
  },
): Promise<Letter> {
  const texts = chooseTexts(context, survey, contact);
  const template = await templateOf(context, survey, texts);
  const company = companyOf(survey.content, texts);
  const unsubscribeUrl = context.links.unsubscribe(invitation.id);
  const rendered = template.render({
    ...(contact.name === null ? {} : { name: contact.name }),
    ratingUrl: (rating) => context.links.survey(invitation.id, rating),
    unsubscribeUrl,
    ...(reminder > 0 ? { subjectLine: fill(texts.mail.reminderSubject, { company }) } : {}),
  });
  const domain = mail.from.address.slice(mail.from.address.lastIndexOf('@') + 1);
  return {
    to: { address: invitation.email, ...(contact.name === null ? {} : { name: contact.name }) },
    from: mail.from,
    messageId: `<${invitation.id}.${reminder}@${domain}>`,
    date: context.clock(),
    ...rendered,
    unsubscribeUrl,
  };
}

/**
 * What is said in the language that suits the person best, of those that the survey offers.
 *
 * @param wishes beside their record, as far as they are known
 */
export function chooseTexts(
  { texts }: Pick<Context, 'texts'>,
  survey: Pick<VersionedSurvey, 'content'>,
  contact: Pick<ContactRow, 'language'>,
  wishes: Pick<LanguageWishes, 'explicit' | 'accepted'> = {},
): Texts {
  const { languages } = survey.content.texts;
  const chosen = chooseLanguage(languages, texts, { ...wishes, recorded: contact.language }) ?? 'en';
  const found = texts.get(chosen);
  if (!found) throw new Error(`the texts in "${chosen}" are missing`);
  return found;
}

function templateOf(context: Context, survey: VersionedSurvey, texts: Texts): Promise<InvitationTemplate> {
  const compiled = templates.get(context) ?? new Map<string, Promise<InvitationTemplate>>();
  templates.set(context, compiled);
  const key = `${survey.id} ${survey.version} ${texts.language.tag}`;
  const existing = compiled.get(key);
  if (existing) return existing;
  const company = companyOf(survey.content, texts);
  const template = compileInvitation({ texts, scale: surveyScale(survey.content), company });
  compiled.set(key, template);
  return template;
}
