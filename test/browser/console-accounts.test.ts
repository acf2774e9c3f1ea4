import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { codeOf } from '../api/authenticator.ts';
import { type Served, serve } from '../api/served.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { barriers, colorRules, withBrowser } from './browser.ts';
import { moveTo } from './console-places.ts';

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

  /** In both colour schemes; what is not about colours is the same in the other. */
  async function isOpenToEverybody(page: Page): Promise<void> {
    for (const [colorScheme, rules] of [['light', {}] as const, ['dark', { only: colorRules }] as const]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
      expect(await barriers(page, rules), `${page.url()} ${colorScheme}`).toEqual([]);
    }
  }

  async function signIn(page: Page, email: string, secret: string): Promise<void> {
    await field(page, 'Email').fill(email);
    await field(page, 'Password').fill(secret);
    await button(page, 'Sign in').click();
  }

  async function signOut(page: Page): Promise<void> {
    await button(page, 'Your account').click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await heading(page, 'Sign in to Scoreback').waitFor();
  }

  test('before anybody has one, the page to sign in says how the first is made', async () => {
    await olivia.goto(`${service.url}/team`);
    await olivia.getByText('Nobody has an account yet').waitFor();
    await isOpenToEverybody(olivia);
  });

  test('the link of the first start makes the first, and opens nothing afterwards', async () => {
    const link = await service.access.setupLink();
    await olivia.goto(link ?? '');
    await field(olivia, 'Your name').fill('Olivia Owner');
    await field(olivia, 'Email').fill('olivia@example.com');
    await field(olivia, 'Choose a password').fill('short');
    await isOpenToEverybody(olivia);
    await field(olivia, 'Choose a password').fill(secrets.olivia);
    await button(olivia, 'Create the account').click();
    await button(olivia, 'Your account').waitFor();
    const stranger = await browser.open();
    await stranger.goto(link ?? '');
    await heading(stranger, 'This was done already').waitFor();
    await stranger.context().close();
  });

  test('an owner invites somebody, who joins as a viewer in a browser of their own', async () => {
    await goTo(olivia, 'Team');
    await button(olivia, 'Invite somebody').click();
    await field(olivia, 'Email').fill('olivia@example.com');
    await button(olivia, 'Invite').click();
    await olivia.getByText(/must be of somebody who does not work here yet/iu).waitFor();
    await field(olivia, 'Email').fill('victor@example.com');
    await isOpenToEverybody(olivia);
    await button(olivia, 'Invite').click();
    const link = await olivia.getByRole('region', { name: 'Link of the invitation' }).textContent();
    await button(olivia, 'Done').click();
    await button(olivia, 'Withdraw the invitation of victor@example.com').waitFor();
    await isOpenToEverybody(olivia);

    await victor.goto(link ?? '');
    await victor.getByText('Olivia Owner invites you as a viewer.').waitFor();
    await field(victor, 'Your name').fill('Victor Viewer');
    await field(victor, 'Choose a password').fill(secrets.victor);
    await isOpenToEverybody(victor);
    await button(victor, 'Create the account and join').click();
    await button(victor, 'Your account').waitFor();
    await victor.goto(link ?? '');
    await heading(victor, 'This invitation is over').waitFor();
  });

  test('a viewer is not offered what is not theirs, and told so who goes there all the same', async () => {
    await victor.goto(`${service.url}/team`);
    await victor.getByText('You may not see this').waitFor();
    expect(await victor.getByRole('link', { name: 'Responses', exact: true }).count()).toBe(1);
    for (const name of ['Team', 'API keys', 'Audit log']) {
      expect(await victor.getByRole('link', { name, exact: true }).count(), name).toBe(0);
    }
    await isOpenToEverybody(victor);
    for (const place of ['keys', 'audit']) {
      await victor.goto(`${service.url}/settings/${place}`);
      await victor.getByText('You may not see this').waitFor();
    }
  });

  test('the language that an account keeps is spoken at once, and wherever it signs in again', async () => {
    await victor.goto(`${service.url}/account`);
    // It is spoken before it is kept.
    const isKept = () =>
      victor.waitForResponse((answer) => answer.url().endsWith('/api/me') && answer.request().method() === 'PATCH');
    await victor.getByRole('combobox', { name: 'Language' }).click();
    await Promise.all([isKept(), victor.getByRole('option', { name: 'Deutsch' }).click()]);
    await victor.locator('html[lang=de]').waitFor();
    const other = await browser.open();
    await other.goto(`${service.url}/sign-in?next=/account`);
    await signIn(other, 'victor@example.com', secrets.victor);
    await other.locator('html[lang=de]').waitFor();
    await other.context().close();
    await victor.getByRole('combobox').first().click();
    await Promise.all([isKept(), victor.getByRole('option', { name: 'English' }).click()]);
    await victor.locator('html[lang=en]').waitFor();
  });

  test('other devices are listed, and signed out', async () => {
    await victor.reload();
    await victor.getByText('This device').waitFor();
    await button(victor, /^Sign out Chrome on /u).click();
    await victor.getByText('Signed out there.').waitFor();
    await isOpenToEverybody(victor);
  });

  test('a second step is set up with an app, and asked for from then on', async () => {
    await moveTo(olivia, '/account');
    await button(olivia, 'Set up').click();
    await field(olivia, 'Your password').fill('not this one at all');
    await button(olivia, 'Next').click();
    await olivia.getByText('This is not your password.').waitFor();
    await field(olivia, 'Your password').fill(secrets.olivia);
    await button(olivia, 'Next').click();
    await olivia.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
    const key = await olivia.getByRole('region', { name: 'Or type this key into the app' }).textContent();
    authenticator = `otpauth://totp/Scoreback?secret=${key?.replaceAll(' ', '')}`;
    await isOpenToEverybody(olivia);
    await field(olivia, 'Code from the app').fill(codeOf(authenticator));
    await button(olivia, 'Turn on').click();
    await olivia.getByRole('dialog').getByRole('listitem').nth(9).waitFor();
    await isOpenToEverybody(olivia);
    const backupCode = (await olivia.getByRole('dialog').getByRole('listitem').first().textContent()) ?? '';
    await button(olivia, 'I have kept them').click();
    await button(olivia, 'New backup codes').waitFor();

    await signOut(olivia);
    await signIn(olivia, 'olivia@example.com', 'not this one at all');
    await olivia.getByText('This email and password do not belong together.').waitFor();
    await signIn(olivia, 'olivia@example.com', secrets.olivia);
    await heading(olivia, 'One more step').waitFor();
    await isOpenToEverybody(olivia);
    await button(olivia, 'Use a backup code instead').click();
    await field(olivia, 'Backup code').fill(backupCode);
    await button(olivia, 'Continue').click();
    await button(olivia, 'Your account').waitFor();

    await signOut(olivia);
    await signIn(olivia, 'olivia@example.com', secrets.olivia);
    await field(olivia, 'Code from the app').fill('000000');
    await button(olivia, 'Continue').click();
    await olivia.getByText('This code is not right.').waitFor();
    // A code is good once: this is the next one.
    await field(olivia, 'Code from the app').fill(codeOf(authenticator, Date.now() + 30_000));
    await button(olivia, 'Continue').click();
    await button(olivia, 'Your account').waitFor();
  });

  test('the last owner is told why they stay, and a link gives somebody a new password', async () => {
    await goTo(olivia, 'Team');
    await button(olivia, 'What can be done with Olivia Owner').click();
    await olivia.getByText('The last owner keeps this role and stays').waitFor();
    expect(await olivia.getByRole('menuitem', { name: 'Leave' }).isDisabled()).toBe(true);
    await olivia.keyboard.press('Escape');
    await button(olivia, 'What can be done with Victor Viewer').click();
    await olivia.getByRole('menuitem', { name: 'Make a link to a new password' }).click();
    await button(olivia, 'Make the link').click();
    const link = await olivia.getByRole('region', { name: 'Link to a new password' }).textContent();
    await button(olivia, 'Done').click();

    const elsewhere = await browser.open();
    await elsewhere.goto(link ?? '');
    await field(elsewhere, 'Choose a password').fill(secrets.victorLater);
    await isOpenToEverybody(elsewhere);
    await button(elsewhere, 'Set the password').click();
    await button(elsewhere, 'Your account').waitFor();
    await victor.reload();
    await heading(victor, 'Sign in to Scoreback').waitFor();
  });

  test('somebody gets another role, and is removed after a question', async () => {
    await button(olivia, 'What can be done with Victor Viewer').click();
    await olivia.getByRole('menuitem', { name: 'Change the role' }).click();
    await olivia.getByRole('radio', { name: 'Admin' }).check();
    await button(olivia, 'Change').click();
    await olivia
      .getByRole('row', { name: /Victor Viewer/u })
      .getByText('Admin')
      .waitFor();
    await button(olivia, 'What can be done with Victor Viewer').click();
    await olivia.getByRole('menuitem', { name: 'Remove' }).click();
    await olivia.getByText('They are signed out at once').waitFor();
    await button(olivia, 'Remove').click();
    await olivia.getByText('Victor Viewer does not work here any more.').waitFor();
  });

  test('a key is made, shown once, and revoked; all of it stands in the audit log', async () => {
    await goTo(olivia, 'API keys');
    await button(olivia, 'Make a key').click();
    await field(olivia, 'What is it for?').fill('Nightly export');
    await isOpenToEverybody(olivia);
    await button(olivia, 'Make the key').click();
    const key = await olivia.getByRole('region', { name: 'The key' }).textContent();
    const mayRead = () => fetch(`${service.url}/api/me`, { headers: { authorization: `Bearer ${key}` } });
    expect((await mayRead()).status).toBe(200);
    await button(olivia, 'Done').click();
    await isOpenToEverybody(olivia);
    await button(olivia, 'Revoke Nightly export').click();
    await button(olivia, 'Revoke').click();
    await olivia.getByText('No keys yet').waitFor();
    expect((await mayRead()).status).toBe(401);

    await goTo(olivia, 'Audit log');
    for (const said of ['Made an API key', 'Revoked an API key', 'Removed somebody', 'Turned the second step on']) {
      await olivia.getByRole('cell', { name: said }).waitFor();
    }
    await isOpenToEverybody(olivia);
    await moveTo(olivia, '/settings/audit?action=team.change');
    await olivia.getByRole('cell', { name: 'Viewer → Admin' }).waitFor();
    expect(await olivia.getByRole('row').count()).toBe(2);
  });
});
