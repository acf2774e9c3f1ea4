import { fill, type Texts } from '../../domain/locale.ts';
import { surveyScale } from '../../domain/survey/survey.ts';
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
  const { company } = survey.content.texts;
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

/** The language of the person's record if the survey has it, else the survey's first. */
export function chooseTexts(
  { texts }: Pick<Context, 'texts'>,
  survey: Pick<VersionedSurvey, 'content'>,
  contact: Pick<ContactRow, 'language'>,
): Texts {
  const offered = survey.content.texts.languages.filter((language) => texts.has(language));
  const wanted = contact.language?.toLowerCase();
  const chosen =
    offered.find((language) => language.toLowerCase() === wanted) ??
    offered.find((language) => language.toLowerCase() === wanted?.split('-')[0]) ??
    offered[0] ??
    'en';
  const found = texts.get(chosen);
  if (!found) throw new Error('the English texts are missing');
  return found;
}

function templateOf(context: Context, survey: VersionedSurvey, texts: Texts): Promise<InvitationTemplate> {
  const compiled = templates.get(context) ?? new Map<string, Promise<InvitationTemplate>>();
  templates.set(context, compiled);
  const key = `${survey.id} ${survey.version} ${texts.language.tag}`;
  const existing = compiled.get(key);
  if (existing) return existing;
  const { company } = survey.content.texts;
  const template = compileInvitation({ texts, scale: surveyScale(survey.content), company });
  compiled.set(key, template);
  return template;
}
