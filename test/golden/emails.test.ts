import nodemailer from 'nodemailer';
import { describe, it } from 'vitest';
import { compileConfirmation, compileInvitation } from '../../src/modules/invitations/email/invitation.ts';
import { composeEmail, type RenderedEmail } from '../../src/platform/email/email.ts';
import { ann } from '../emails.ts';
import { company } from '../survey-views.ts';
import { golden } from './golden.ts';
import { expectNoFileBesides, joinDocuments, templateCases } from './template-cases.ts';

describe('emails', () => {
  it.each(templateCases)('of $name are the golden ones', async ({ name, survey, texts }) => {
    const asks = await compileInvitation({ survey, texts });
    const confirms = await compileConfirmation({ survey, texts });
    const invitation = asks.render(ann);
    const reminder = asks.render({ ...ann, isReminder: true });
    const isAlike = reminder.html.replaceAll(reminder.subject, invitation.subject) === invitation.html;
    const emails = joinDocuments([
      ['invitation', await shown(invitation)],
      ['reminder', await shown(isAlike ? { ...reminder, html: '(as above, but for the subject)' } : reminder)],
      ['reminder to a contact who tapped a number', await shown(confirms.render({ ...ann, tapped: 2 }))],
    ]);
    await golden(`emails/${name}.txt`, emails);
  });

  it('have golden files of no template that is gone', () => {
    expectNoFileBesides('emails');
  });
});

/** As it leaves: the lines of its head, and both bodies before they are encoded. */
async function shown(rendered: RenderedEmail): Promise<string> {
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  const { message } = await transport.sendMail(
    composeEmail({
      to: { address: 'ann@customer.example', name: ann.name },
      from: { address: 'feedback@acme.example', name: company },
      messageId: '<invitation.0@acme.example>',
      date: new Date('2026-11-22T10:00:00Z'),
      unsubscribeUrl: ann.unsubscribeUrl,
      ...rendered,
    }),
  );
  const [head = ''] = String(message).split('\n\n');
  return `${head.replace(/boundary="[^"]*"/u, 'boundary="…"')}\n\n${rendered.text}\n\n${rendered.html}`;
}
