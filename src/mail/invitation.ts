import mjml2html from 'mjml';
import { fill, type Texts } from '../domain/locale.ts';
import { escapeMarkup } from '../domain/markup.ts';
import { points, type Scale } from '../domain/survey/scale.ts';
import { invitationDocument } from './invitation-document.ts';
import { onOneLine, presentableName } from './presentable-name.ts';
import { compileTemplate } from './template.ts';

/** What is the same for everybody whom one version of a survey asks in one language. */
export type InvitationContent = {
  texts: Texts;
  scale: Scale;
  /** The company or product, or "us". */
  company: string;
  /** The numbers' background, `#rrggbb`. */
  colour?: string;
  logo?: { url: string; alt: string; width: number };
};

export type InvitationTemplate = {
  render(recipient: Recipient): RenderedInvitation;
};

/** What differs from person to person. */
export type Recipient = {
  name?: string;
  /** The address behind a number; each its own. */
  ratingUrl(rating: number): string;
  unsubscribeUrl: string;
  /** Instead of the usual subject, e.g. a reminder's. */
  subjectLine?: string;
};

export type RenderedInvitation = { subject: string; html: string; text: string };

/** Compiles once what `render` then fills in for each person; takes some 20 ms, so keep the result. */
export async function compileInvitation(content: InvitationContent): Promise<InvitationTemplate> {
  const { texts, scale, company } = content;
  const ratings = points(scale);
  const { html: source } = await mjml2html(invitationDocument(content), { validationLevel: 'strict', fonts: {} });
  const markup = compileTemplate(source, escapeMarkup);
  const usualSubject = fill(texts.mail.subject, { company });

  return {
    render({ name, ratingUrl, unsubscribeUrl, subjectLine }) {
      const subject = onOneLine(subjectLine ?? usualSubject);
      const greeting = greet(texts, name);
      const links = ratings.map((rating) => ({ rating, url: ratingUrl(rating) }));
      const html = markup({
        subject,
        greeting,
        unsubscribe: unsubscribeUrl,
        ...Object.fromEntries(links.map(({ rating, url }) => [`rating${rating}`, url])),
      });
      return { subject, html, text: plainText(content, { greeting, links, unsubscribeUrl }) };
    },
  };
}

function greet({ mail }: Texts, name: string | undefined): string {
  const known = presentableName(name);
  return known === undefined ? mail.namelessGreeting : fill(mail.greeting, { name: known });
}

function plainText(
  { texts, scale, company }: InvitationContent,
  {
    greeting,
    links,
    unsubscribeUrl,
  }: { greeting: string; links: readonly { rating: number; url: string }[]; unsubscribeUrl: string },
): string {
  const { mail, question, anchors } = texts;
  const { lowest, highest } = anchors[scale.metric];
  return [
    greeting,
    mail.introduction,
    fill(question[scale.metric], { company, audience: texts.audience }),
    `${scale.lowest} = ${lowest}, ${scale.highest} = ${highest}`,
    links.map(({ rating, url }) => `${rating}: ${url}`).join('\n'),
    mail.instruction,
    mail.closing,
    `-- \n${fill(mail.why, { company })}\n${mail.unsubscribe}: ${unsubscribeUrl}`,
  ]
    .join('\n\n')
    .concat('\n');
}
