import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { withBrowser } from './browser.ts';
import { moveTo } from './console-places.ts';
import { type FirstStarted, startFirst } from './first-start.ts';
import { word } from './words.ts';

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
  await page.getByRole('link', { name: new RegExp(`${name}.*${word('connections', 'state.ready')}`, 'u') }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
};

test('say how they are, and are checked by a button', async () => {
  await toConnection('Zendesk');
  await seen(word('connections', 'health.clockFine'));
  await button(word('connections', 'findings.check')).click();
  await seen(word('connections', 'findings.checked'));
});

test('have switches that hold, which are said in the list', async () => {
  await toConnection('Zendesk');
  await tab(word('connections', 'tabs.switches')).click();
  await page.getByRole('switch', { name: word('connections', 'switches.writeBackPaused') }).click();
  await seen(word('connections', 'sentence.pausedWriting'));
  await page.reload();
  expect(await page.getByRole('switch', { name: word('connections', 'switches.writeBackPaused') }).isChecked()).toBe(
    true,
  );
  await moveTo(page, '/connections');
  await page.getByRole('link', { name: /Zendesk.*Write-back is paused here/u }).click();
  await tab(word('connections', 'tabs.switches')).click();
  await page.getByRole('switch', { name: word('connections', 'switches.writeBackPaused') }).click();
  await seen(word('connections', 'sentence.ready'));
});

test('are called as people wish', async () => {
  await toConnection('HubSpot');
  for (const name of ['Our CRM', 'HubSpot']) {
    await tab(word('connections', 'tabs.switches')).click();
    await page.getByLabel(word('connections', 'name.label')).fill(name);
    await button(word('connections', 'name.save')).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
  }
});

test('name our fields as their admins do, and make them', async () => {
  await toConnection('Zendesk');
  await tab(word('connections', 'tabs.fields')).click();
  await page.getByLabel('Name of Latest NPS rating').fill('nps_latest_comment');
  await button(word('connections', 'fields.save')).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: word('connections', 'fields.save') })
    .click();
  await seen(/cannot be the name of/u);
  await page.getByLabel('Name of Latest NPS rating').fill('acme_nps');
  await page.getByLabel('Use Reason for the flag').uncheck();
  await button(word('connections', 'fields.save')).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: word('connections', 'fields.save') })
    .click();
  await seen(/^The names are saved/u);
  await page.reload();
  expect(await page.getByLabel('Name of Latest NPS rating').inputValue()).toBe('acme_nps');
  expect(await page.getByLabel('Use Reason for the flag').isChecked()).toBe(false);
});

test('are written anew, and show how far that is', async () => {
  await toConnection('HubSpot');
  await button(word('connections', 'resync.begin')).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: word('connections', 'resync.begin') })
    .click();
  await seen(/^Last time, \d+ records? (?:was|were) written/u);
});

test('end with what is chosen for the fields, and are made with other keys, of which wrong ones are refused', async () => {
  await toConnection('Freshdesk');
  await tab(word('connections', 'tabs.end')).click();
  await page.getByRole('radio', { name: word('connections', 'end.keep') }).check();
  await button(word('connections', 'end.act')).click();
  const asked = page.getByRole('dialog', { name: word('connections', 'end.asked', { title: 'Freshdesk' }) });
  await asked.getByText(/workflows, triggers and lists keep using them/u).waitFor();
  await asked.getByRole('button', { name: word('connections', 'end.act') }).click();
  await page.getByRole('heading', { name: word('connections', 'end.done') }).waitFor();
  await seen(/Responses stay here/u);
  await page.getByRole('link', { name: word('connections', 'all') }).click();
  await page.getByRole('link', { name: /^HubSpot/u }).waitFor();
  expect(await page.getByRole('link', { name: /^Freshdesk/u }).count()).toBe(0);

  await moveTo(page, '/connections/new?connector=freshdesk');
  await button(word('connections', 'new.fill')).click();
  await page.getByRole('textbox', { name: 'API key' }).fill('an-unknown-key');
  await button(word('connections', 'new.connect')).click();
  await seen(/^Freshdesk answered 401.*Copy the current key from your Freshdesk profile settings/u);
  await button(word('connections', 'new.fill')).click();
  await button(word('connections', 'new.connect')).click();
  await page.getByRole('heading', { level: 1, name: 'Freshdesk' }).waitFor();
  await tab(word('connections', 'tabs.keys')).click();
  await seen(/are stored encrypted and never shown/u);
});
