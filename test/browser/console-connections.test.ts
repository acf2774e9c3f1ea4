import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barriers, overhang, withBrowser } from './browser.ts';
import { type FirstStarted, startFirst } from './first-start.ts';

const browser = withBrowser();
let service: FirstStarted;
let page: Page;

beforeAll(async () => {
  service = await startFirst({ SANDBOX: 'on' });
  page = await browser.open({ baseURL: service.url });
  await service.makeOwner(page);
});

afterAll(() => service?.stop());

const button = (name: string | RegExp) => page.getByRole('button', { name });
const tab = (name: string) => page.getByRole('tab', { name });
const seen = (text: string | RegExp) => page.getByText(text).first().waitFor();
const domains = () => page.getByRole('combobox', { name: 'Your own domains' });
const toConnection = async (name: string) => {
  await page.goto('/connections');
  await page.getByRole('link', { name: new RegExp(`${name}.*Works`, 'u') }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
};

/** Light on a desktop, dark on the narrowest phone. */
async function isOpenToEverybody(path: string, ready: string): Promise<void> {
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 360],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(path);
    await seen(ready);
    expect(await barriers(page), `${path} ${colorScheme}`).toEqual([]);
    expect(await overhang(page), path).toBe(0);
  }
}

describe('the connections', () => {
  test('say how they are, and are checked by a button', async () => {
    await toConnection('Zendesk');
    await seen('Agrees with ours');
    await button('Check now').click();
    await seen('Checked. Everything is in order.');
  });

  test('have switches that hold, which are said in the list', async () => {
    await tab('What it does').click();
    await page.getByRole('switch', { name: 'Pause writing' }).click();
    await seen('Writing is paused here: scores wait.');
    await page.reload();
    expect(await page.getByRole('switch', { name: 'Pause writing' }).isChecked()).toBe(true);
    await page.goto('/connections');
    await page.getByRole('link', { name: /Zendesk.*Writing is paused here/u }).click();
    await tab('What it does').click();
    await page.getByRole('switch', { name: 'Pause writing' }).click();
    await seen('Everything is in order.');
  });

  test('are called as people wish', async () => {
    await page.getByLabel('What you call it').fill('Help desk');
    await button('Save the name').click();
    await page.getByRole('heading', { level: 1, name: 'Help desk' }).waitFor();
  });

  test('name our fields as their admins do, and make them', async () => {
    await toConnection('Help desk');
    await tab('Fields').click();
    await page.getByLabel('Name of Latest NPS rating').fill('nps_latest_comment');
    await button('Save the names').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save the names' }).click();
    await seen(/cannot be the name of/u);
    await page.getByLabel('Name of Latest NPS rating').fill('acme_nps');
    await page.getByLabel('Use Reason for the flag').uncheck();
    await button('Save the names').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save the names' }).click();
    await seen(/^The names are saved/u);
    await page.reload();
    expect(await page.getByLabel('Name of Latest NPS rating').inputValue()).toBe('acme_nps');
    expect(await page.getByLabel('Use Reason for the flag').isChecked()).toBe(false);
  });

  test('are written anew, and show how far that is', async () => {
    await toConnection('HubSpot');
    await button('Write all records again').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Write all records again' }).click();
    await seen(/^The last time \d+ records? (?:was|were) written/u);
  });

  test('end with what is chosen for the fields, which is explained before and after', async () => {
    await toConnection('Freshdesk');
    await tab('End').click();
    await page.getByRole('radio', { name: 'Keep them as they are' }).check();
    await button('End the connection').click();
    const asked = page.getByRole('dialog', { name: 'End the connection to Freshdesk?' });
    await asked.getByText(/Workflows, triggers and lists go on with the last values/u).waitFor();
    await asked.getByRole('button', { name: 'End the connection' }).click();
    await page.getByRole('heading', { name: 'The connection has ended' }).waitFor();
    await seen(/What people answered stays here/u);
    await page.getByRole('link', { name: 'All connections' }).click();
    await seen('HubSpot');
    expect(await page.getByText('Freshdesk').count()).toBe(0);
  });

  test('are made with other keys, and refuse wrong ones beside their field', async () => {
    await page.goto('/connections/new?connector=freshdesk');
    await button('Fill in the simulated keys').click();
    await page.getByRole('textbox', { name: 'API key' }).fill('a-key-of-nobody-at-all');
    await button('Connect').click();
    await page.getByRole('textbox', { name: 'API key' }).and(page.locator('[aria-invalid=true]')).waitFor();
    await button('Fill in the simulated keys').click();
    await button('Connect').click();
    await page.getByRole('heading', { level: 1, name: 'Freshdesk' }).waitFor();
    await tab('Keys').click();
    await seen(/are kept encrypted and never shown/u);
  });
});

describe('the settings', () => {
  test('keep the workspace, and say what is wrong beside its field', async () => {
    await page.goto('/settings');
    await page.getByLabel('Company').fill('Acme');
    await domains().fill('not a domain');
    await page.keyboard.press('Enter');
    await button('Save').click();
    await seen(/must be a domain such as/u);
    for (const _entry of [1, 2, 3]) await domains().press('Backspace');
    await domains().fill('acme.example');
    await page.keyboard.press('Enter');
    await button('Save').click();
    await seen('The workspace is saved.');
    await page.reload();
    expect(await page.getByLabel('Company').inputValue()).toBe('Acme');
    await seen('acme.example');
  });

  test('ask before anything is deleted by age', async () => {
    await page.getByRole('link', { name: 'Privacy and retention' }).click();
    await page.getByRole('radio', { name: 'Delete after a time' }).check();
    await page.getByLabel('Days').fill('400');
    await button('Save').click();
    await page
      .getByRole('dialog')
      .getByText(/more than 400 days ago/u)
      .waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete what is older' }).click();
    await seen('The retention is saved.');
  });

  test('know that nothing is remembered of an address', async () => {
    await button('Lift a block').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('nobody@acme.example');
    await dialog.getByRole('button', { name: 'Lift the block' }).click();
    await dialog.getByText('this address is not suppressed').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  test('look at the mail server', async () => {
    await page.getByRole('link', { name: 'Mail', exact: true }).click();
    await button('Check now').click();
    await seen('The mail server takes our mail.');
  });

  test('pause everything, which every page then says', async () => {
    await page.getByRole('link', { name: 'Pause and leave' }).click();
    await page.getByRole('switch', { name: 'Ask nobody' }).click();
    await seen('Asking is paused: nobody gets a survey.');
    await button('Resume').click();
    await page.getByText('Asking is paused: nobody gets a survey.').waitFor({ state: 'detached' });
  });
});

test('nothing keeps anybody from using them', async () => {
  await toConnection('HubSpot');
  const one = new URL(page.url()).pathname;
  const pages = [
    ['/connections', 'The accounts that Scoreback hears from and writes to.'],
    [one, 'What was found in the account'],
    [`${one}?tab=switches`, 'Ask about its tickets'],
    [`${one}?tab=fields`, 'Latest NPS rating'],
    [`${one}?tab=end`, 'End this connection'],
    ['/connections/new?connector=hubspot', 'Fill in the simulated keys'],
    ['/settings', 'Your own domains'],
    ['/settings/mail', 'The inbox of the sandbox'],
    ['/settings/privacy', 'How long answers are kept'],
    ['/settings/pause', 'Pause everything'],
  ] as const;
  for (const [path, ready] of pages) await isOpenToEverybody(path, ready);
});
