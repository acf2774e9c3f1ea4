import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { withBrowser } from './browser.ts';
import { moveTo } from './console-places.ts';
import { type FirstStarted, startFirst } from './first-start.ts';

// The service starts in a hook; a busy machine takes its time.
vi.setConfig({ hookTimeout: 240_000 });

const browser = withBrowser();
let service: FirstStarted;
let page: Page;

beforeAll(async () => {
  service = await startFirst({ SANDBOX: 'on' }, inject('snapshot'));
  page = await browser.open({ baseURL: service.url, reducedMotion: 'reduce' });
  page.setDefaultTimeout(15_000);
  await service.makeOwner(page);
});

afterAll(() => service?.stop());

const button = (name: string | RegExp) => page.getByRole('button', { name });
const tab = (name: string) => page.getByRole('tab', { name });
const seen = (text: string | RegExp) => page.getByText(text).first().waitFor();
const toConnection = async (name: string) => {
  await moveTo(page, '/connections');
  await page.getByRole('link', { name: new RegExp(`${name}.*Works`, 'u') }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
};

test('say how they are, and are checked by a button', async () => {
  await toConnection('Zendesk');
  await seen('Agrees with ours');
  await button('Check now').click();
  await seen('Checked. Everything is in order.');
});

test('have switches that hold, which are said in the list', async () => {
  await toConnection('Zendesk');
  await tab('What it does').click();
  await page.getByRole('switch', { name: 'Pause writing' }).click();
  await seen('Writing is paused here: scores wait.');
  await page.reload();
  expect(await page.getByRole('switch', { name: 'Pause writing' }).isChecked()).toBe(true);
  await moveTo(page, '/connections');
  await page.getByRole('link', { name: /Zendesk.*Writing is paused here/u }).click();
  await tab('What it does').click();
  await page.getByRole('switch', { name: 'Pause writing' }).click();
  await seen('Everything is in order.');
});

test('are called as people wish', async () => {
  await toConnection('HubSpot');
  for (const name of ['Our CRM', 'HubSpot']) {
    await tab('What it does').click();
    await page.getByLabel('What you call it').fill(name);
    await button('Save the name').click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
  }
});

test('name our fields as their admins do, and make them', async () => {
  await toConnection('Zendesk');
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

test('end with what is chosen for the fields, and are made with other keys, of which wrong ones are refused', async () => {
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
  await page.getByRole('link', { name: /^HubSpot/u }).waitFor();
  expect(await page.getByRole('link', { name: /^Freshdesk/u }).count()).toBe(0);

  await moveTo(page, '/connections/new?connector=freshdesk');
  await button('Fill in the simulated keys').click();
  await page.getByRole('textbox', { name: 'API key' }).fill('a-key-of-nobody-at-all');
  await button('Connect').click();
  await seen(/^Freshdesk answered 401.*Copy the current one from its profile settings/u);
  await button('Fill in the simulated keys').click();
  await button('Connect').click();
  await page.getByRole('heading', { level: 1, name: 'Freshdesk' }).waitFor();
  await tab('Keys').click();
  await seen(/are kept encrypted and never shown/u);
});
