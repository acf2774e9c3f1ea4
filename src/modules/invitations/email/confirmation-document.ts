import { fill } from '../../../model/locale.ts';
import { fixed, place } from '../../../platform/email/template.ts';
import { type EmailContent, emailDocument } from './email-document.ts';
import { heading } from './invitation-document.ts';
import { buttonRow, scaleRows } from './scale-rows.ts';

/** The reminder to somebody who tapped a number and did nothing more: whether it is right, or another is. */
export function confirmationDocument(content: EmailContent): string {
  const { email, page } = content.texts;
  const withRating = (words: string) => fill(fixed(words), { rating: place('tapped') });
  return emailDocument(content, {
    preview: withRating(email.confirm),
    body: `
        <mj-text>${heading(withRating(email.confirm))}</mj-text>
        <mj-text padding="8px 24px 16px">${place('question')}</mj-text>
        ${buttonRow(content, { url: place('confirm'), label: withRating(email.confirmButton) })}
        <mj-text padding="20px 24px 8px">${fixed(email.confirmInstruction)}</mj-text>
        <mj-text padding="16px 24px 8px" font-weight="600">${fixed(page.otherNumber)}</mj-text>
        ${scaleRows(content, 'small')}
        <mj-text padding="20px 24px 8px">${place('closing')}</mj-text>`,
  });
}
