import { expect, test } from 'vitest';
import { arabic, emailContent, english } from '../../../test/emails.ts';
import { brandContent } from '../surveys/brand.ts';
import { previewEmail } from './preview.ts';

const usual = { address: 'support@acme.test', name: 'Acme' };
const { survey } = emailContent({ company: 'us' });
const umbrella = brandContent.parse({
  key: 'umbrella',
  name: 'Umbrella',
  company: 'Umbrella Ltd',
  from: { address: 'hi@umbrella.test' },
  branding: { color: '#aa0000' },
});

test('shows the email as it would be sent under the brand', async () => {
  const preview = await previewEmail({ survey, texts: arabic, brand: umbrella, usual });

  expect(preview).toMatchObject({
    subject: expect.stringContaining('Umbrella Ltd'),
    sender: { address: 'hi@umbrella.test', name: 'Umbrella' },
  });
  expect(preview.html).toContain('background:#aa0000');
  expect(preview.html).toContain('lang="ar" dir="rtl"');
  expect(preview.text.split('\n')[0]).toContain('Alex');
});

test('shows each email that the survey sends', async () => {
  const reminder = await previewEmail({ survey, texts: english, usual, email: 'reminder' });
  const confirmation = await previewEmail({ survey, texts: english, email: 'confirmation' });

  expect(reminder).toMatchObject({ subject: 'Reminder: one question from us', sender: usual });
  expect(confirmation.text).toMatch(/^You chose 9\./u);
  expect(confirmation.sender).toBeUndefined();
});

test('leads nowhere', async () => {
  const { html, text } = await previewEmail({ survey, texts: english });

  const addresses = [...html.matchAll(/href="([^"]*)"/gu)].map(([, address]) => address);
  expect(addresses).toHaveLength(13);
  expect(addresses.filter((address) => !address?.startsWith('#'))).toEqual([]);
  expect(text).not.toMatch(/https?:/u);
});
