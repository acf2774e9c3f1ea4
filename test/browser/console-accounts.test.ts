import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { authenticatorCode } from '../api/authenticator.ts';
import { type Served, serve } from '../api/served.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { barriers, colorRules, withBrowser } from './browser.ts';
import { moveTo } from './console-places.ts';
import { word } from './words.ts';

const secrets = {
  olivia: 'correct horse battery',
  victor: 'a viewer and his horse',
  victorLater: 'another long sentence',
};

/** From the link of the first start to a team with second factors, by clicking only; each test goes on from the last. */
describeOnEachDatabase('accounts in the console', (open) => {
  const browser = withBrowser();
  let service: Served;
  let olivia: Page;
  let victor: Page;
  /** What Olivia's phone knows. */
  let authenticator: string;

  beforeAll(async () => {
    service = await serve(await open());
    olivia = await browser.open({ reducedMotion: 'reduce' });
    victor = await browser.open({ reducedMotion: 'reduce' });
  });

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const field = (page: Page, name: string) => page.getByRole('textbox', { name });
  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
  const goTo = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click();

  /** In both color schemes; what is not about colors is the same in the other. */
  async function expectAccessible(page: Page): Promise<void> {
    for (const [colorScheme, rules] of [['light', {}] as const, ['dark', { only: colorRules }] as const]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
      expect(await barriers(page, rules), `${page.url()} ${colorScheme}`).toEqual([]);
    }
  }

  async function signIn(page: Page, email: string, secret: string): Promise<void> {
    await field(page, word('signIn', 'email')).fill(email);
    await field(page, word('signIn', 'password')).fill(secret);
    await button(page, word('signIn', 'submit')).click();
  }

  async function signOut(page: Page): Promise<void> {
    await button(page, word('shell', 'account')).click();
    await page.getByRole('menuitem', { name: word('shell', 'signOut') }).click();
    await heading(page, word('signIn', 'title')).waitFor();
  }

  test('before anybody has one, the page to sign in says how the first is made', async () => {
    await olivia.goto(`${service.url}/team`);
    await olivia.getByText(word('signIn', 'noAccount.title')).waitFor();
    await expectAccessible(olivia);
  });

  test('the link of the first start makes the first, and opens nothing afterwards', async () => {
    const link = await service.access.setupLink();
    await olivia.goto(link ?? '');
    await field(olivia, word('signIn', 'name')).fill('Olivia Owner');
    await field(olivia, word('signIn', 'email')).fill('olivia@example.com');
    await field(olivia, word('signIn', 'newPassword')).fill('short');
    await expectAccessible(olivia);
    await field(olivia, word('signIn', 'newPassword')).fill(secrets.olivia);
    await button(olivia, word('signIn', 'create')).click();
    await button(olivia, word('shell', 'account')).waitFor();
    const stranger = await browser.open();
    await stranger.goto(link ?? '');
    await heading(stranger, word('signIn', 'setupIsOver')).waitFor();
    await stranger.context().close();
  });

  test('an owner invites somebody, who joins as a viewer in a browser of their own', async () => {
    await goTo(olivia, word('shell', 'pages.team'));
    await button(olivia, word('team', 'invite.act')).click();
    await field(olivia, word('team', 'email')).fill('olivia@example.com');
    await button(olivia, word('team', 'invite.submit')).click();
    await olivia.getByText(/already belongs to a member/iu).waitFor();
    await field(olivia, word('team', 'email')).fill('victor@example.com');
    await expectAccessible(olivia);
    await button(olivia, word('team', 'invite.submit')).click();
    const link = await olivia.getByRole('region', { name: word('team', 'invite.link') }).textContent();
    await button(olivia, 'Done').click();
    await button(olivia, 'Withdraw the invitation of victor@example.com').waitFor();
    await expectAccessible(olivia);

    await victor.goto(link ?? '');
    await victor.getByText('Olivia Owner invited you as a viewer.').waitFor();
    await field(victor, word('signIn', 'name')).fill('Victor Viewer');
    await field(victor, word('signIn', 'newPassword')).fill(secrets.victor);
    await expectAccessible(victor);
    await button(victor, word('signIn', 'join.create')).click();
    await button(victor, word('shell', 'account')).waitFor();
    await victor.goto(link ?? '');
    await heading(victor, word('signIn', 'join.over')).waitFor();
  });

  test('a viewer is not offered what is not theirs, and told so who goes there all the same', async () => {
    await victor.goto(`${service.url}/team`);
    await victor.getByText(word('parts', 'mayNot')).waitFor();
    expect(await victor.getByRole('link', { name: word('shell', 'pages.responses'), exact: true }).count()).toBe(1);
    for (const name of [word('shell', 'pages.team'), word('shell', 'pages.keys'), word('shell', 'pages.audit')]) {
      expect(await victor.getByRole('link', { name, exact: true }).count(), name).toBe(0);
    }
    await expectAccessible(victor);
    for (const place of ['keys', 'audit']) {
      await victor.goto(`${service.url}/settings/${place}`);
      await victor.getByText(word('parts', 'mayNot')).waitFor();
    }
  });

  test('the language that an account keeps is spoken at once, and wherever it signs in again', async () => {
    await victor.goto(`${service.url}/account`);
    // It is spoken before it is kept.
    const isSaved = () =>
      victor.waitForResponse((answer) => answer.url().endsWith('/api/me') && answer.request().method() === 'PATCH');
    await victor.getByRole('combobox', { name: word('account', 'appearance.language') }).click();
    await Promise.all([isSaved(), victor.getByRole('option', { name: 'Deutsch' }).click()]);
    await victor.locator('html[lang=de]').waitFor();
    const other = await browser.open();
    await other.goto(`${service.url}/sign-in?next=/account`);
    await signIn(other, 'victor@example.com', secrets.victor);
    await other.locator('html[lang=de]').waitFor();
    await other.context().close();
    await victor.getByRole('combobox').first().click();
    await Promise.all([isSaved(), victor.getByRole('option', { name: 'English' }).click()]);
    await victor.locator('html[lang=en]').waitFor();
  });

  test('other devices are listed, and signed out', async () => {
    await victor.reload();
    await victor.getByText(word('account', 'sessions.current')).waitFor();
    await button(victor, /^Sign out Chrome on /u).click();
    await victor.getByText(word('account', 'sessions.ended')).waitFor();
    await expectAccessible(victor);
  });

  test('a second step is set up with an app, and asked for from then on', async () => {
    await moveTo(olivia, '/account');
    await button(olivia, word('account', 'factor.setUp')).click();
    await field(olivia, word('account', 'factor.password')).fill('not this one at all');
    await button(olivia, word('account', 'factor.next')).click();
    await olivia.getByText(word('signIn', 'refused.wrongPassword')).waitFor();
    await field(olivia, word('account', 'factor.password')).fill(secrets.olivia);
    await button(olivia, word('account', 'factor.next')).click();
    await olivia.getByRole('img', { name: word('account', 'factor.qr') }).waitFor();
    const key = await olivia.getByRole('region', { name: word('account', 'factor.key') }).textContent();
    authenticator = `otpauth://totp/Scoreback?secret=${key?.replaceAll(' ', '')}`;
    await expectAccessible(olivia);
    await field(olivia, 'Code from the app').fill(authenticatorCode(authenticator));
    await button(olivia, word('account', 'factor.turnOn')).click();
    await olivia.getByRole('dialog').getByRole('listitem').nth(9).waitFor();
    await expectAccessible(olivia);
    const backupCode = (await olivia.getByRole('dialog').getByRole('listitem').first().textContent()) ?? '';
    await button(olivia, word('account', 'factor.kept')).click();
    await button(olivia, word('account', 'factor.renew')).waitFor();

    await signOut(olivia);
    await signIn(olivia, 'olivia@example.com', 'not this one at all');
    await olivia.getByText(word('signIn', 'refused.wrong')).waitFor();
    await signIn(olivia, 'olivia@example.com', secrets.olivia);
    await heading(olivia, word('signIn', 'code.title')).waitFor();
    await expectAccessible(olivia);
    await button(olivia, word('signIn', 'code.useBackup')).click();
    await field(olivia, word('signIn', 'code.backup')).fill(backupCode);
    await button(olivia, word('signIn', 'code.submit')).click();
    await button(olivia, word('shell', 'account')).waitFor();

    await signOut(olivia);
    await signIn(olivia, 'olivia@example.com', secrets.olivia);
    await field(olivia, 'Code from the app').fill('000000');
    await button(olivia, word('signIn', 'code.submit')).click();
    await olivia.getByText('This code is incorrect.').waitFor();
    // A code is good once: this is the next one.
    await field(olivia, 'Code from the app').fill(authenticatorCode(authenticator, Date.now() + 30_000));
    await button(olivia, word('signIn', 'code.submit')).click();
    await button(olivia, word('shell', 'account')).waitFor();
  });

  test('the last owner is told why they stay, and a link gives somebody a new password', async () => {
    await goTo(olivia, word('shell', 'pages.team'));
    await button(olivia, word('team', 'act', { name: 'Olivia Owner' })).click();
    await olivia.getByText('The last owner cannot change role or leave').waitFor();
    expect(await olivia.getByRole('menuitem', { name: 'Leave' }).isDisabled()).toBe(true);
    await olivia.keyboard.press('Escape');
    await button(olivia, word('team', 'act', { name: 'Victor Viewer' })).click();
    await olivia.getByRole('menuitem', { name: word('team', 'reset.act') }).click();
    await button(olivia, word('team', 'reset.submit')).click();
    const link = await olivia.getByRole('region', { name: word('team', 'reset.link') }).textContent();
    await button(olivia, 'Done').click();

    const elsewhere = await browser.open();
    await elsewhere.goto(link ?? '');
    await field(elsewhere, word('signIn', 'newPassword')).fill(secrets.victorLater);
    await expectAccessible(elsewhere);
    await button(elsewhere, word('signIn', 'reset.submit')).click();
    await button(elsewhere, word('shell', 'account')).waitFor();
    await victor.reload();
    await heading(victor, word('signIn', 'title')).waitFor();
  });

  test('somebody gets another role, and is removed after a question', async () => {
    await button(olivia, word('team', 'act', { name: 'Victor Viewer' })).click();
    await olivia.getByRole('menuitem', { name: word('team', 'change.act') }).click();
    await olivia.getByRole('radio', { name: word('team', 'roles.admin') }).check();
    await button(olivia, word('team', 'change.submit')).click();
    await olivia
      .getByRole('row', { name: /Victor Viewer/u })
      .getByText(word('team', 'roles.admin'))
      .waitFor();
    await button(olivia, word('team', 'act', { name: 'Victor Viewer' })).click();
    await olivia.getByRole('menuitem', { name: word('team', 'remove.act') }).click();
    await olivia.getByText('They are signed out immediately').waitFor();
    await button(olivia, word('team', 'remove.act')).click();
    await olivia.getByText(word('team', 'remove.done', { name: 'Victor Viewer' })).waitFor();
  });

  test('a key is made, shown once, and revoked; all of it stands in the audit log', async () => {
    await goTo(olivia, word('shell', 'pages.keys'));
    await button(olivia, word('keys', 'make.act')).click();
    await field(olivia, word('keys', 'make.name')).fill('Nightly export');
    await expectAccessible(olivia);
    await button(olivia, word('keys', 'make.submit')).click();
    const key = await olivia.getByRole('region', { name: word('keys', 'make.key') }).textContent();
    const mayRead = () => fetch(`${service.url}/api/me`, { headers: { authorization: `Bearer ${key}` } });
    expect((await mayRead()).status).toBe(200);
    await button(olivia, 'Done').click();
    await expectAccessible(olivia);
    await button(olivia, 'Revoke Nightly export').click();
    await button(olivia, word('keys', 'revoke.act')).click();
    await olivia.getByText(word('keys', 'empty')).waitFor();
    expect((await mayRead()).status).toBe(401);

    await goTo(olivia, word('shell', 'pages.audit'));
    for (const said of [
      word('audit', 'actions.key.create'),
      word('audit', 'actions.key.delete'),
      word('audit', 'actions.team.remove'),
      word('audit', 'actions.twofactor.enable'),
    ]) {
      await olivia.getByRole('cell', { name: said }).waitFor();
    }
    await expectAccessible(olivia);
    await moveTo(olivia, '/settings/audit?action=team.change');
    await olivia.getByRole('cell', { name: 'Viewer → Admin' }).waitFor();
    // The whole list stands until the filtered one has come.
    await expect.poll(() => olivia.getByRole('row').count()).toBe(2);
  });
});
