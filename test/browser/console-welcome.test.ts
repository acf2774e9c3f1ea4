import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createRender } from '../../src/platform/messages/render.ts';
import { expectAccessible } from './accessible.ts';
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
  service = await startFirst({ SANDBOX: 'unconnected' });
  page = await browser.open({ baseURL: service.url, reducedMotion: 'reduce' });
  page.setDefaultTimeout(45_000);
});

afterAll(() => service?.stop());

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const link = (name: string | RegExp) => page.getByRole('link', { name, exact: true });
const seen = (text: string | RegExp) => page.getByText(text).first().waitFor();
const step = (name: string) => page.getByRole('button', { name: new RegExp(`^(?:\\d )?${name}`, 'u') });
const isOpen = async (name: string) => expect(await step(name).getAttribute('aria-expanded')).toBe('true');
const progress = (many: number) => seen(`${many} of 7`);

/** Somebody at Zendesk deletes a field of ours, past the service. */
async function deleteField(key: string): Promise<void> {
  const { items } = await (await page.request.get('/api/connectors')).json();
  const zendesk = items.find(({ name }: { name: string }) => name === 'zendesk');
  const fields: readonly { key: string; simulated: string }[] = zendesk.keys[0].fields;
  const keys = Object.fromEntries(fields.map((field) => [field.key, field.simulated]));
  const grant = {
    ...{ grant_type: 'client_credentials', scope: 'read write' },
    ...{ client_id: keys.ZENDESK_CLIENT_ID, client_secret: keys.ZENDESK_CLIENT_SECRET },
  };
  const { access_token: token } = await (
    await page.request.post('/sandbox/zendesk/oauth/tokens', { data: grant })
  ).json();
  const headers = { authorization: `Bearer ${token}` };
  const found = await (await page.request.get('/sandbox/zendesk/api/v2/user_fields', { headers })).json();
  const field = found.user_fields.find((one: { key: string }) => one.key === key);
  const deleted = await page.request.delete(`/sandbox/zendesk/api/v2/user_fields/${field.id}`, { headers });
  expect(deleted.status()).toBe(204);
}

test('the link of the first start leads to the first account, and to what is to be done', async () => {
  await service.makeOwner(page);
  await progress(1);
  await isOpen(word('welcome', 'steps.connect'));
  await expectAccessible(page);
});

test.each(['HubSpot', 'Zendesk'])('%s is connected', async (title) => {
  await moveTo(page, '/welcome?step=connect');
  await link(`Connect ${title}`).click();
  await button(word('connections', 'new.fill')).click();
  await button(word('connections', 'new.connect')).click();
  await page.waitForURL(/\/welcome/u);
  await seen(`${title} is connected.`);
});

test('what is missing in an account is said and mended by a button', async () => {
  const zendesk = page.getByRole('region', { name: 'Zendesk' });
  const hubspot = page.getByRole('region', { name: 'HubSpot' });
  await zendesk.getByText(/^All \d+ checks passed\.$/u).waitFor();
  await hubspot.getByText(/^All \d+ checks passed\.$/u).waitFor();
  const field = 'nps_latest_rating';
  const subjects = createRender()('findings', { code: 'about', params: { kind: 'field', field } });
  await deleteField(field);
  await zendesk.getByRole('button', { name: 'Check now' }).click();
  await zendesk.getByText(subjects, { exact: true }).waitFor();
  await expectAccessible(page);
  await zendesk.getByRole('button', { name: word('connections', 'findings.repair') }).click();
  await seen(word('connections', 'findings.mended_one', { subjects }));
  await zendesk.getByText(/^All \d+ checks passed\.$/u).waitFor();
});

test('who they are is said, and is still there after a reload', async () => {
  await step(word('welcome', 'steps.workspace')).click();
  await page.getByRole('textbox', { name: word('settings', 'workspace.name'), exact: true }).fill('Acme');
  await page.getByRole('combobox', { name: word('settings', 'workspace.ownDomains') }).fill('acme.example');
  await page.keyboard.press('Enter');
  await expectAccessible(page);
  await button(word('settings', 'workspace.save')).click();
  await progress(4);
  await page.reload();
  await progress(4);
});

test('mail is looked at', async () => {
  await isOpen(word('welcome', 'steps.email'));
  await seen('Every email goes to the sandbox inbox.');
  await button('Check now').click();
  await seen(word('settings', 'email.works'));
  await expectAccessible(page);
});

test('home says what is left, and leads on', async () => {
  await link(word('welcome', 'home')).click();
  const strip = page.getByRole('region', { name: 'Finish setting up: 4 of 7' });
  await strip.getByText('Next: Pick a survey').waitFor();
  await strip.getByRole('link', { name: word('welcome', 'strip.go') }).click();
  await isOpen(word('welcome', 'steps.survey'));
  await expectAccessible(page);
});

test('a template becomes a draft, seen as mail and page', async () => {
  await link('Use this: NPS after a ticket').click();
  await page.getByLabel(word('surveys', 'newPage.company')).fill('Acme');
  await button(word('surveys', 'newPage.create')).click();
  await page.getByRole('heading', { level: 1, name: 'NPS after a ticket' }).waitFor();
  await page
    .frameLocator('iframe[title="Survey preview"]:visible')
    .getByText(/recommend Acme/u)
    .filter({ visible: true })
    .first()
    .waitFor();
  await page.getByRole('tab', { name: word('editor', 'parts.timing') }).click();
  await page.getByLabel(word('editor', 'timing.delay'), { exact: true }).fill('1');
  await page.getByLabel('Unit of: After the ticket was resolved').selectOption('seconds');
  await seen(word('editor', 'state.saved'));
  await moveTo(page, '/welcome');
  await progress(5);
});

test('whom it would have asked is seen', async () => {
  await isOpen(word('welcome', 'steps.dryRun'));
  await expectAccessible(page);
  await link(word('welcome', 'dryRun.go', { name: 'NPS after a ticket' })).click();
  await button(word('dryRun', 'begin')).click();
  await seen(word('dryRun', 'asked'));
  await button(word('dryRun', 'again')).waitFor();
  await moveTo(page, '/welcome');
  await progress(6);
});

test('it is published, and nothing is left', async () => {
  await link('Publish “NPS after a ticket”').click();
  // The page that it leaves has buttons of that name, too.
  await page.waitForURL(/\/surveys\/.*publish/u);
  await button(/^Publish/u).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: word('surveys', 'publish.act') })
    .click();
  await seen('NPS after a ticket is live.');
  await moveTo(page, '/welcome');
  await seen(word('welcome', 'sayDone'));
  await link(word('welcome', 'home')).click();
  await page.getByRole('heading', { level: 1, name: word('home', 'title') }).waitFor();
  expect(await page.getByText(/^Finish setting up/u).count()).toBe(0);
});

test('a ticket is resolved, the customer answers, and the score stands on their record in HubSpot', async () => {
  await moveTo(page, '/welcome?step=publish');
  const [sandbox] = await Promise.all([
    page.waitForEvent('popup'),
    link(word('welcome', 'publish.sandboxContacts')).click(),
  ]);
  const ticket = sandbox.getByRole('row').filter({ hasText: 'How do I add a colleague?' });
  await ticket.getByRole('button', { name: 'Resolve' }).click();

  await sandbox.getByRole('link', { name: 'inbox' }).click();
  const sentEmail = sandbox.getByRole('row').filter({ hasText: 'emil@customers.example' }).getByRole('link');
  await reloadUntil(sandbox, sentEmail);
  await sentEmail.click();
  const nine = sandbox.frameLocator('iframe').getByRole('link', { name: '9', exact: true });
  const [survey] = await Promise.all([sandbox.waitForEvent('popup'), nine.click()]);
  await survey.getByRole('textbox').fill('Answered within the hour.');
  await survey.getByRole('button', { name: 'Send 9' }).click();
  await survey.getByRole('heading', { name: 'Thank you' }).waitFor();

  await sandbox.goto('/sandbox/');
  await sandbox.getByRole('link', { name: 'Emil Costa' }).first().click();
  await sandbox.getByRole('heading', { name: /Emil Costa/u }).waitFor();
  await reloadUntil(sandbox, sandbox.getByText('Answered within the hour.'));
  const rating = sandbox.getByRole('row').filter({ hasText: 'nps_latest_rating' });
  await rating.getByText('9', { exact: true }).waitFor();
});

/** What the sandbox shows does not change by itself. */
async function reloadUntil(shown: Page, locator: Locator): Promise<void> {
  await expect
    .poll(
      async () => {
        await shown.reload();
        return locator.count();
      },
      { timeout: 20_000, interval: 300 },
    )
    .toBeGreaterThan(0);
}
