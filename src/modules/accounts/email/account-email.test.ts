import { describe, expect, test } from 'vitest';
import { english, locales } from '../../../../test/emails.ts';
import { composeEmail } from '../../../platform/email/email.ts';
import { renderAccountAlert, renderAccountEmail } from './account-email.ts';

const link = 'https://x.test/join#token=a-b_c&x=1';

describe.each([...locales])('in %s', (tag, texts) => {
  test.each(['join', 'reset'] as const)('an email to %s says what it is about and has its link', async (kind) => {
    for (const company of ['Acme', undefined]) {
      const { subject, html, text } = await renderAccountEmail({ kind, company, link }, texts);
      expect(`${subject}${html}${text}`).not.toMatch(/%%|\{\w+\}|undefined/u);
      expect(html).toMatch(new RegExp(`<html\\b[^>]*\\blang="${tag}" dir="${texts.language.direction}"`, 'u'));
      expect(html).toContain(`href="${link.replace('&', '&amp;')}"`);
      expect(text).toContain(link);
      if (kind === 'join') expect(subject).toContain(company ?? texts.us);
    }
  });

  test('an email about each thing that happens to an account says what and when, and leads to the account', async () => {
    const kinds = Object.keys(texts.account.events) as (keyof typeof texts.account.events)[];
    for (const kind of kinds) {
      const at = new Date('2026-11-30T16:44:10Z');
      const { subject, html, text } = await renderAccountAlert({ kind, at, link: 'https://x.test/account' }, texts);
      expect(subject).toBe(texts.account.events[kind]);
      expect(text).toContain('2026-11-30 16:44 UTC');
      expect(html).toContain('href="https://x.test/account"');
      expect(`${subject}${html}${text}`).not.toMatch(/%%|\{\w+\}|undefined/u);
    }
  });
});

test('the name of a workspace is no markup', async () => {
  const company = '<b>Acme</b> %%x%%\nBcc: eve@example.com';
  const { subject, html } = await renderAccountEmail({ kind: 'join', company, link }, english);
  expect(html).not.toContain('<b>');
  expect(subject).not.toContain('\n');
});

test('nobody can unsubscribe from it', async () => {
  const rendered = await renderAccountEmail({ kind: 'reset', company: 'Acme', link }, english);
  const address = { address: 'a@example.com' };
  const sent = composeEmail({ ...rendered, to: address, from: address, messageId: '<1@x.test>', date: new Date(0) });
  expect(Object.keys(sent.headers ?? {})).toEqual(['Auto-Submitted', 'X-Auto-Response-Suppress']);
});
