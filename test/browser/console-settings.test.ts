import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { createRender } from '../../src/platform/messages/render.ts';
import { expectAccessible } from './accessible.ts';
import { moveTo } from './console-places.ts';
import { withPlayed } from './played.ts';
import { word } from './words.ts';

const played = withPlayed();
let page: Page;

/** Of a workspace of its own: nobody else is in the way of what is changed here. */
beforeAll(async () => {
  page = await played.enter({ role: 'owner', where: 'alone' }, '/settings', { reducedMotion: 'reduce' });
  page.setDefaultTimeout(15_000);
});

const button = (name: string | RegExp) => page.getByRole('button', { name });
const seen = (text: string | RegExp) => page.getByText(text).first().waitFor();
const domains = () => page.getByRole('combobox', { name: word('settings', 'workspace.ownDomains') });

test('keep the workspace, and say what is wrong beside its field', async () => {
  await page.getByRole('textbox', { name: word('settings', 'workspace.name'), exact: true }).fill('Acme');
  await domains().fill('not a domain');
  await page.keyboard.press('Enter');
  await button('Save').click();
  await seen(/must be a domain such as/iu);
  for (const _entry of [1, 2, 3]) await domains().press('Backspace');
  await domains().fill('acme.example');
  await page.keyboard.press('Enter');
  await button('Save').click();
  await seen(word('settings', 'workspace.saved'));
  await page.reload();
  expect(await page.getByRole('textbox', { name: word('settings', 'workspace.name'), exact: true }).inputValue()).toBe(
    'Acme',
  );
  await seen('acme.example');
});

test('ask before anything is deleted by age', async () => {
  await moveTo(page, '/settings');
  await page.getByRole('link', { name: word('settings', 'sections.privacy') }).click();
  await page.getByRole('radio', { name: word('settings', 'privacy.until') }).check();
  await page.getByLabel(word('settings', 'privacy.days')).fill('400');
  await button('Save').click();
  await page.getByRole('dialog').getByText(/400/u).waitFor();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: word('settings', 'privacy.delete') })
    .click();
  await seen(word('settings', 'privacy.saved'));
});

test('know that nothing is remembered of an address', async () => {
  await moveTo(page, '/settings/privacy');
  await button(word('contacts', 'lift.button')).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('unknown@acme.example');
  await dialog.getByRole('button', { name: word('contacts', 'lift.does') }).click();
  const refusal = createRender()('errors', { code: 'not_found', params: { what: 'suppression' } });
  await dialog.getByText(refusal).waitFor();
  await dialog.getByRole('button', { name: word('parts', 'cancel') }).click();
});

test('look at the email server', async () => {
  await moveTo(page, '/settings/email');
  await button(word('settings', 'email.check')).click();
  await seen(word('settings', 'email.works'));
});

test('pause everything, which every page then says', async () => {
  await moveTo(page, '/settings/pause');
  await page.getByRole('switch', { name: word('shell', 'pause.asking') }).click();
  await seen(word('shell', 'pause.surveysPaused'));
  await expectAccessible(page);
  await button(word('shell', 'pause.resume')).click();
  await page.getByText(word('shell', 'pause.surveysPaused')).waitFor({ state: 'detached' });
});
