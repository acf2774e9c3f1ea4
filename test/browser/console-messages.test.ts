import type { Page } from 'playwright-core';
import { beforeAll, test } from 'vitest';
import { moveTo } from './console-places.ts';
import { withPlayed } from './played.ts';

const played = withPlayed();
let page: Page;

beforeAll(async () => {
  page = await played.enter({ role: 'admin', where: 'played' }, '/', { locale: 'de-DE' });
  await page.locator('html[lang=de]').waitFor();
});

const seen = (text: string | RegExp) => page.getByText(text).first().waitFor();

test('what was found in an account is said in German to whoever speaks German', async () => {
  await moveTo(page, '/connections');
  await page.getByRole('link', { name: /^HubSpot/u }).click();
  await page.getByRole('button', { name: 'Jetzt prüfen' }).click();
  await seen(/^HubSpot verwaltet Webhook-Abonnements in der App/u);
});

/** Whether surveys wait for the tickets of HubSpot. */
const pauseHubspot = (surveysPaused: boolean) =>
  page.evaluate(async (paused) => {
    type Listed = { items: { id: string; connector: string }[] };
    const { items } = (await (await fetch('/api/connections')).json()) as Listed;
    const hubspot = items.find(({ connector }) => connector === 'hubspot');
    await fetch(`/api/connections/${hubspot?.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ surveysPaused: paused }),
    });
  }, surveysPaused);

test('so is what needs a person, with the name of what it is about', async () => {
  await pauseHubspot(true);
  await page.goto('/');
  const needed = page.getByRole('region', { name: 'Was Sie sich ansehen sollten' });
  await needed.getByText(/^HubSpot, Konto .+: Umfragen sind für diese Verbindung pausiert\.$/u).waitFor();
  await pauseHubspot(false);
});

test('and so is why a contact was not asked', async () => {
  await moveTo(page, '/decisions?verdict=skipped');
  await seen(/^Die Umfrage .+ hat diesen Kontakt am .+ bereits befragt\. Die Ruhezeit \(/u);
});
