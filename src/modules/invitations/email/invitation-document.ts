import { fixed, place } from '../../../platform/email/template.ts';
import { type EmailContent, emailDocument } from './email-document.ts';
import { scaleRows } from './scale-rows.ts';

/** The email that asks: the question, and its numbers to choose from. */
export function invitationDocument(content: EmailContent): string {
  const { email } = content.texts;
  return emailDocument(content, {
    preview: place('question'),
    body: `
    <mj-section>
      <mj-column>
        <mj-text>${place('greeting')}</mj-text>
        <mj-text>${place('introduction')}</mj-text>
        <mj-text padding="16px 24px 12px">${heading(place('question'))}</mj-text>
      </mj-column>
    </mj-section>
    ${scaleRows(content, 'large')}
    <mj-section padding="16px 0 0">
      <mj-column>
        <mj-text>${fixed(email.instruction)}</mj-text>
        <mj-text>${place('closing')}</mj-text>
      </mj-column>
    </mj-section>`,
  });
}

export function heading(words: string): string {
  return `<h1 style="margin:0;font-size:22px;line-height:30px;font-weight:600">${words}</h1>`;
}
