import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { barriers, colorRules, overhang, structureRules } from './browser.ts';
import { connectionPlaces, type Place, places, walkThrough } from './console-places.ts';
import { withPlayed } from './played.ts';
import type { Language } from './words.ts';

/** On a desktop and on a phone, whose layout is the same in every language. */
const ways = {
  wide: { size: { width: 1280, height: 800 }, colorScheme: 'light', elsewhere: { except: structureRules } },
  narrow: { size: { width: 360, height: 780 }, colorScheme: 'dark', elsewhere: { only: colorRules } },
} as const;

/** Nothing keeps anybody from any page in this language; a file each, so that they are looked at side by side. */
export function describeEveryPage(language: Language): void {
  const played = withPlayed();
  describe(`in ${language}`, () => {
    const isChecked = language === 'en' || language === 'de' || language === 'fr';
    let page: Page;
    let goTo: (place: Place) => Promise<void>;
    let stands: keyof typeof ways = isChecked ? 'wide' : 'narrow';

    beforeAll(async () => {
      const { size: viewport, colorScheme } = ways[stands];
      const options: BrowserContextOptions = { locale: language, viewport, colorScheme, reducedMotion: 'reduce' };
      page = await played.enter({ role: 'owner', where: 'played' }, '/connections', options);
      await page.locator(`html[lang=${language}]`).waitFor();
      // Colors halfway from one scheme to the other are nobody's.
      await page.addStyleTag({ content: '* { transition: none !important }' });
      goTo = walkThrough(page, language);
    });

    async function turn(): Promise<void> {
      stands = stands === 'wide' ? 'narrow' : 'wide';
      const { size, colorScheme } = ways[stands];
      await Promise.all([page.setViewportSize(size), page.emulateMedia({ colorScheme })]);
      await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    }

    async function isOpenAsItStands(): Promise<void> {
      // The menu slides away.
      if (stands === 'narrow') await expect.poll(() => overhang(page), { interval: 20, timeout: 5000 }).toBe(0);
      if (isChecked) expect(await barriers(page, language === 'en' ? {} : ways[stands].elsewhere)).toEqual([]);
    }

    /** Both ways, and left as it then stands: the next page is looked at the other way around. */
    async function expectAccessible(): Promise<void> {
      await isOpenAsItStands();
      if (!isChecked) return;
      await turn();
      await isOpenAsItStands();
    }

    test.each(places)('nothing keeps anybody from $path', async (place) => {
      await goTo(place);
      await expectAccessible();
    });

    test('nothing keeps anybody from a connection', async () => {
      await goTo(places.find(({ path }) => path === '/connections') as Place);
      const path = await page
        .getByRole('link', { name: /^HubSpot/u })
        .first()
        .getAttribute('href');
      for (const place of connectionPlaces(path ?? '')) {
        await goTo(place);
        await expectAccessible();
      }
    });
  });
}
