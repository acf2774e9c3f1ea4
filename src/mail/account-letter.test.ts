import { describe, expect, test } from 'vitest';
import { english, locales } from '../../test/letters.ts';
import { renderAccountLetter } from './account-letter.ts';
import { composeLetter } from './letter.ts';

const link = 'https://x.test/join?token=a-b_c&x=1';

describe.each([...locales])('in %s', (tag, texts) => {
  test.each(['join', 'reset'] as const)('a letter to %s says what it is about and has its link', async (kind) => {
    for (const company of ['Acme', undefined]) {
      const { subject, html, text } = await renderAccountLetter({ kind, company, link }, texts);
      expect(`${subject}${html}${text}`).not.toMatch(/%%|\{\w+\}|undefined/u);
      expect(html).toMatch(new RegExp(`<html\\b[^>]*\\blang="${tag}" dir="${texts.language.direction}"`, 'u'));
      expect(html).toContain(`href="${link.replace('&', '&amp;')}"`);
      expect(text).toContain(link);
      if (kind === 'join') expect(subject).toContain(company ?? texts.us);
    }
  });
});

test('the name of a workspace is no markup', async () => {
  const company = '<b>Acme</b> %%x%%\nBcc: eve@example.com';
  const { subject, html } = await renderAccountLetter({ kind: 'join', company, link }, english);
  expect(html).not.toContain('<b>');
  expect(subject).not.toContain('\n');
});

test('nobody can unsubscribe from it', async () => {
  const rendered = await renderAccountLetter({ kind: 'reset', company: 'Acme', link }, english);
  const address = { address: 'a@example.com' };
  const sent = composeLetter({ ...rendered, to: address, from: address, messageId: '<1@x.test>', date: new Date(0) });
  expect(Object.keys(sent.headers ?? {})).toEqual(['Auto-Submitted', 'X-Auto-Response-Suppress']);
});
