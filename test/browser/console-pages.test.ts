import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { barriers, colorRules, overhang } from './browser.ts';
import { connectionPlaces, type Place, places, walkThrough } from './console-places.ts';
import { withPlayed } from './played.ts';
import { type Language, word } from './words.ts';

const played = withPlayed();

const narrow = { width: 360, height: 780 };
const wide = { width: 1280, height: 800 };

async function turn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
}

/** The menu slides away. */
const fits = (page: Page) => expect.poll(() => overhang(page), { interval: 20, timeout: 5000 }).toBe(0);

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  test('nothing keeps anybody from a person, from what is asked before one is erased, nor from an answer', async () => {
    const page = await played.enter({ role: 'owner', where: 'played' }, '/contacts?name=Tara', { colorScheme });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.getByRole('link', { name: 'Tara Singh' }).click();
    const answer = page.getByRole('link', { name: word('contacts', 'timeline.open') }).first();
    await answer.waitFor();
    expect(await barriers(page)).toEqual([]);

    await page.getByRole('button', { name: word('contacts', 'actions') }).click();
    await page.getByRole('menuitem', { name: word('contacts', 'erase.does') }).click();
    await page.getByLabel(word('contacts', 'erase.type', { name: 'Tara Singh' })).waitFor();
    // Only what stays is looked at, not what fades.
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await page.waitForFunction("getComputedStyle(document.querySelector('[role=dialog]')).opacity === '1'");
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: word('parts', 'cancel') }).click();

    await answer.click();
    await page.getByRole('heading', { level: 1, name: word('responses', 'one', { name: 'Tara Singh' }) }).waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});

describe.each(['en', 'de', 'fr', 'es', 'nb'] as const)('in %s', (language: Language) => {
  let page: Page;
  let goTo: (place: Place) => Promise<void>;

  beforeAll(async () => {
    page = await played.enter({ role: 'owner', where: 'played' }, '/connections', { locale: language, viewport: wide });
    await page.locator(`html[lang=${language}]`).waitFor();
    // Colors halfway from one scheme to the other are nobody's.
    await page.addStyleTag({ content: '* { transition: none !important }' });
    goTo = walkThrough(page, language);
  });

  const isLookedAt = language === 'en' || language === 'de' || language === 'fr';

  async function isOpenToEverybody(): Promise<void> {
    if (isLookedAt) expect(await barriers(page)).toEqual([]);
    await page.setViewportSize(narrow);
    await fits(page);
    if (isLookedAt) {
      await turn(page, 'dark');
      // On a phone it is laid out otherwise, in every language the same.
      expect(await barriers(page, language === 'en' ? undefined : colorRules)).toEqual([]);
      await turn(page, 'light');
    }
    await page.setViewportSize(wide);
  }

  test.each(places)('nothing keeps anybody from $path', async (place) => {
    await goTo(place);
    await isOpenToEverybody();
  });

  test('nothing keeps anybody from a connection', async () => {
    await goTo(places.find(({ path }) => path === '/connections') as Place);
    const path = await page
      .getByRole('link', { name: /^HubSpot/u })
      .first()
      .getAttribute('href');
    for (const place of connectionPlaces(path ?? '')) {
      await goTo(place);
      await isOpenToEverybody();
    }
  });
});
