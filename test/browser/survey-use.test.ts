import type { BrowserContextOptions, Page, Request } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/platform/database/database.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { locales } from '../emails.ts';
import { type SurveyPages, serveSurveyPages } from '../flows/survey-pages.ts';
import { createWorld, hour, type World } from '../flows/world.ts';
import { withBrowser } from './browser.ts';

describeOnEachDatabase('the survey page as it is served', (open) => {
  const browser = withBrowser();
  let database: Database;
  let world: World;
  let surveyPages: SurveyPages;
  beforeAll(async () => {
    database = await open();
    const texts = { languages: [...new Set(['en', ...locales.keys()])] };
    const branding = {
      color: '#0b3d91',
      postalAddress: 'Acme Ltd\n1 Main Street',
      privacyUrl: 'https://acme.example/p',
    };
    const followUp = { mayContact: true, afterHigh: 'https://reviews.example/acme' };
    world = await createWorld(database, { surveys: [{ quietPeriod: 'PT0S', texts, branding, followUp }] });
    world.context.texts = locales;
    surveyPages = await serveSurveyPages(world);
  });

  /** Opens the link of a new mail. */
  async function visit(query: string, options: BrowserContextOptions = {}) {
    const { sentEmail } = await world.asked();
    const { id } = (await world.invited(sentEmail)).invitation;
    world.jump(hour);
    const page = await browser.open({ locale: 'en', ...options });
    const { pathname } = new URL(world.context.links.survey(id));
    const answer = async () => (await world.responses()).find(({ invitationId }) => invitationId === id);
    return { page, url: `${surveyPages.base}${pathname}${query}`, answer };
  }

  const press = async (page: Page, ...keys: readonly string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = (page: Page) => page.locator(':focus');
  const thanked = (page: Page) => page.getByRole('heading', { name: 'Thank you' }).waitFor();

  describe.each([true, false])('with the keyboard alone, with script or without: %s', (javaScriptEnabled) => {
    test('sends the number of the link with the first two keys', async () => {
      const { page, url, answer } = await visit('?rating=9', { javaScriptEnabled });
      await page.goto(url);
      await press(page, 'Tab', 'Enter');
      await thanked(page);
      expect(await answer()).toMatchObject({ rating: 9, confirmedBy: 'submit' });
    });

    test('goes from the numbers to the reason to the button, and says where it is', async () => {
      const { page, url, answer } = await visit('', { javaScriptEnabled });
      await page.goto(url);
      await press(page, 'Tab', 'Space', 'ArrowRight', 'ArrowRight');
      expect(await focused(page).getAttribute('id')).toBe('rating-2');
      const ring = `getComputedStyle(document.querySelector('#rating-2 + span')).outlineStyle`;
      expect(await page.evaluate(ring)).toBe('solid');
      await press(page, 'Tab');
      await page.keyboard.type('It broke.');
      await press(page, 'Tab', 'Space', 'Tab', 'Enter');
      await thanked(page);
      expect(await answer()).toMatchObject({ rating: 2, comment: 'It broke.', mayContact: true });
    });

    test('changes the language and keeps what is written', async () => {
      const { page, url, answer } = await visit('?rating=3', { javaScriptEnabled });
      await page.goto(url);
      await page.locator('textarea').fill('Zu langsam.');
      await page.getByRole('button', { name: 'Deutsch' }).focus();
      await press(page, 'Enter');
      await page.getByRole('button', { name: '3 absenden' }).waitFor();
      expect(await page.locator('textarea').inputValue()).toBe('Zu langsam.');
      expect(await answer()).toBeUndefined();
      await page.getByRole('button', { name: '3 absenden' }).press('Enter');
      await page.getByRole('heading', { name: 'Vielen Dank' }).waitFor();
      expect(await answer()).toMatchObject({ rating: 3, comment: 'Zu langsam.' });
    });
  });

  test('weighs less than 15 kB over the wire, with everything that it loads, in every language', async () => {
    const { page, url } = await visit('?rating=9');
    for (const language of locales.keys()) {
      const finished: Request[] = [];
      page.on('requestfinished', (request) => finished.push(request));
      const answered = await page.goto(`${url}&language=${language}`);
      expect(await answered?.headerValue('content-encoding')).toBe('gzip');
      page.removeAllListeners('requestfinished');
      const sizes = await Promise.all(finished.map((request) => request.sizes()));
      const weight = sizes.reduce(
        (sum, { responseHeadersSize, responseBodySize }) => sum + responseHeadersSize + responseBodySize,
        0,
      );
      expect(weight, language).toBeGreaterThan(2000);
      expect(weight, language).toBeLessThan(15_000);
    }
  });

  test('complains of nothing that its own policy forbids', async () => {
    const { page, url } = await visit('?rating=9');
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (failure) => complaints.push(failure.message));
    await page.goto(url);
    await page.locator('#rating-10').check();
    await page.locator('button.send').click();
    await thanked(page);
    expect(complaints).toEqual([]);
  });
});
