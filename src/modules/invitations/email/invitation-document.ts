import { fixed, place } from '../../../platform/email/template.ts';
import { type EmailContent, emailDocument } from './email-document.ts';
import { scaleRows } from './scale-rows.ts';

/** The email that asks: the question, and its numbers to choose from. */
export function invitationDocument(content: EmailContent): string {
  const { email } = content.texts;
  return emailDocument(content, {
    preview: place('question'),
    body: `
        <mj-text>${place('greeting')}</mj-text>
        <mj-text>${place('introduction')}</mj-text>
        <mj-text padding="16px 24px 12px">${heading(place('question'))}</mj-text>
        ${scaleRows(content, 'large')}
        <mj-text padding="24px 24px 8px">${fixed(email.instruction)}</mj-text>
        <mj-text>${place('closing')}</mj-text>`,
  });
}

export function heading(words: string): string {
  return `<h1 style="margin:0;font-size:22px;line-height:30px;font-weight:600">${words}</h1>`;
}
