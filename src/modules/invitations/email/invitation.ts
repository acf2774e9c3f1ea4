import { fill, type Texts } from '../../../model/locale.ts';
import { points } from '../../../model/scale.ts';
import type { RenderedEmail } from '../../../platform/email/email.ts';
import { renderMjml } from '../../../platform/email/mjml.ts';
import { onOneLine, presentableName } from '../../../platform/email/presentable-name.ts';
import { compileTemplate, inMarkup } from '../../../platform/email/template.ts';
import { composeWording, surveyScale, type Wording } from '../../surveys/index.ts';
import { confirmationDocument } from './confirmation-document.ts';
import type { EmailContent } from './email-document.ts';
import { invitationDocument } from './invitation-document.ts';
import { plainConfirmation, plainInvitation } from './plain-text.ts';

/** What differs from contact to contact. */
export type Recipient = {
  name?: string;
  /** The address behind a number; each its own. */
  ratingUrl(rating: number): string;
  unsubscribeUrl: string;
  /** What only machines find. */
  hiddenUrl: string;
};

export type InvitationTemplate = {
  render(recipient: Recipient & { isReminder?: boolean }): RenderedEmail;
};

export type ConfirmationTemplate = {
  /** @param recipient with the number that they tapped */
  render(recipient: Recipient & { tapped: number }): RenderedEmail;
};

/**
 * Compiles once what `render` then fills in for each contact; takes some 20 ms, so keep the result.
 *
 * The email asks, or asks again.
 */
export async function compileInvitation(content: EmailContent): Promise<InvitationTemplate> {
  const { survey, texts } = content;
  const markup = await compile(invitationDocument(content));
  return {
    render(recipient) {
      const name = presentableName(recipient.name);
      const wording = composeWording(survey, texts, name);
      const subject = onOneLine(recipient.isReminder ? wording.reminderSubject : wording.subject);
      const greeting = greet(texts, name);
      const html = markup({ ...shared(content, recipient, wording), subject, greeting });
      return { subject, html, text: plainInvitation(content, wording, { ...recipient, greeting }) };
    },
  };
}

/** The same for the reminder to somebody who tapped a number and did nothing more. */
export async function compileConfirmation(content: EmailContent): Promise<ConfirmationTemplate> {
  const markup = await compile(confirmationDocument(content));
  return {
    render(recipient) {
      const { tapped, ratingUrl } = recipient;
      const wording = composeWording(content.survey, content.texts, presentableName(recipient.name));
      const subject = onOneLine(wording.reminderSubject);
      const values = { subject, tapped: String(tapped), confirm: ratingUrl(tapped) };
      const html = markup({ ...shared(content, recipient, wording), ...values });
      return { subject, html, text: plainConfirmation(content, wording, recipient) };
    },
  };
}

async function compile(document: string) {
  return compileTemplate(await renderMjml(document), inMarkup);
}

function shared(
  { survey }: EmailContent,
  { ratingUrl, unsubscribeUrl, hiddenUrl }: Recipient,
  { question, introduction, closing }: Wording,
): Record<string, string> {
  const ratings = points(surveyScale(survey)).map((rating) => [`rating${rating}`, ratingUrl(rating)]);
  const links = { unsubscribe: unsubscribeUrl, hidden: hiddenUrl, ...Object.fromEntries(ratings) };
  return { ...links, question, introduction, closing };
}

function greet({ email }: Texts, name: string | undefined): string {
  return name === undefined ? email.namelessGreeting : fill(email.greeting, { name });
}
