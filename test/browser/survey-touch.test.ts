import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { withRating } from '../../src/modules/invitations/links.ts';
import { findTraces } from '../../src/modules/responses/queries/intents.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { type SurveyPages, serveSurveyPages } from '../flows/survey-pages.ts';
import { createWorld, hour, type World } from '../flows/world.ts';
import { withBrowser } from './browser.ts';

const userAgent = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile';

describeOnEachDatabase('the survey page in a browser', (open) => {
  const browser = withBrowser();
  let database: Database;
  let world: World;
  let surveyPages: SurveyPages;
  beforeAll(async () => {
    database = await open();
    world = await createWorld(database, { surveys: [{ quietPeriod: 'PT0S', followUp: { mayContact: true } }] });
    surveyPages = await serveSurveyPages(world);
  });

  /** Opens the number of a new mail. */
  async function visit(options: BrowserContextOptions = {}) {
    const { sentEmail } = await world.asked();
    const { id } = (await world.invited(sentEmail)).invitation;
    world.jump(hour);
    const page = await browser.open({ userAgent, hasTouch: true, ...options });
    const { pathname, search } = new URL(withRating(world.context.links.survey(id), 9));
    await page.goto(surveyPages.base + pathname + search);
    const acts = async () => (await findTraces(database.db, id)).filter(({ kind }) => kind === 'act');
    const answer = async () => (await world.responses()).find(({ invitationId }) => invitationId === id);
    return { page, acts, answer };
  }

  const told = (page: Page) => page.waitForResponse((response) => response.url().endsWith('/act'));
  const choose = (page: Page, rating: number) => page.locator(`#rating-${rating}`);
  const asked = (page: Page) => page.locator('.words .why:visible').textContent();

  describe('tells of a touch', () => {
    test('with the number that it chose, which makes the answer', async () => {
      const { page, acts, answer } = await visit();
      await Promise.all([told(page), choose(page, 3).tap()]);
      expect(await acts()).toMatchObject([{ rating: 3, scanner: null, page: expect.any(Number) }]);
      await world.pass(hour);
      expect(await answer()).toMatchObject({ status: 'confirmed', confirmedBy: 'act', rating: 3 });
    });

    test('of a click and of a key as well, and again only when the number changes', async () => {
      const { page, acts } = await visit();
      await Promise.all([told(page), page.locator('textarea').click()]);
      await page.keyboard.type('Because …');
      await page.locator('#rating-9').focus();
      await Promise.all([told(page), page.keyboard.press('ArrowRight')]);
      expect((await acts()).map(({ rating }) => rating)).toEqual([9, 10]);
    });

    test('when it was the last thing before the page was left', async () => {
      const { page, acts } = await visit();
      await choose(page, 8).tap();
      await page.goto('about:blank');
      await vi.waitFor(async () => expect(await acts()).toMatchObject([{ rating: 8 }]));
    });
  });

  test('tells of no pointer that moves, no scrolling, and nothing that a script does', async () => {
    const { page, acts } = await visit();
    for (const place of [10, 200, 400]) await page.mouse.move(place, place);
    await page.mouse.wheel(0, 500);
    await page.evaluate(`
      for (const kind of ['pointerdown', 'touchstart', 'keydown']) {
        document.querySelector('form').dispatchEvent(new Event(kind, { bubbles: true }));
      }
      document.querySelector('#rating-4').click();`);
    expect(await page.locator('#rating-4').isChecked()).toBe(true);
    await Promise.all([told(page), choose(page, 2).tap()]);
    expect((await acts()).map(({ rating }) => rating)).toEqual([2]);
  });

  test('says nothing of a touch that sends the form, which says it all', async () => {
    const { page, acts, answer } = await visit();
    await page.getByRole('button', { name: 'Send 9' }).tap();
    await page.getByText('Thank you').waitFor();
    expect(await answer()).toMatchObject({ confirmedBy: 'submit', rating: 9 });
    expect(await acts()).toEqual([]);
  });

  test.each([true, false])(
    'follows the number with its words, with script or without: %s',
    async (javaScriptEnabled) => {
      const { page, answer } = await visit({ javaScriptEnabled });
      const mayContact = page.getByLabel('You may contact me');
      expect(await asked(page)).toBe('What do you love most?');
      expect(await mayContact.isVisible()).toBe(false);
      await choose(page, 2).tap();
      expect(await asked(page)).toBe('What went wrong?');
      await mayContact.check();
      await page.locator('textarea').fill('It broke.');
      await page.locator('button.send').tap();
      await page.getByText('Thank you').waitFor();
      expect(await answer()).toMatchObject({ rating: 2, comment: 'It broke.', mayContact: true, status: 'confirmed' });
    },
  );
});
