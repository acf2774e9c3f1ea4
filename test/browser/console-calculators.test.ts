import type { Page } from 'playwright-core';
import { beforeAll, test } from 'vitest';
import { serve } from '../api/served.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { withBrowser } from './browser.ts';
import { word } from './words.ts';

describeOnEachDatabase('the calculators, without an account', (open) => {
  const browser = withBrowser();
  let page: Page;

  beforeAll(async () => {
    const { url } = await serve(await open());
    page = await browser.open({ baseURL: url });
    page.setDefaultTimeout(10_000);
  });

  const result = (text: string | RegExp) =>
    page
      .getByRole('region', { name: word('calculators', 'result') })
      .getByText(text)
      .first()
      .waitFor();

  test('are found from the page to sign in', async () => {
    await page.goto('/sign-in');
    await page.getByRole('link', { name: word('signIn', 'calculators') }).click();
    await page.getByRole('heading', { level: 1, name: word('calculators', 'title') }).waitFor();
  });

  test('count NPS with its interval, and keep it in the address', async () => {
    await page.goto('/calculators');
    await page.getByLabel(word('calculators', 'nps.promoters')).fill('60');
    await page.getByLabel(word('calculators', 'nps.passives')).fill('25');
    await page.getByLabel(word('calculators', 'nps.detractors')).fill('15');
    await result('45');
    await result('If every contact had answered, the score would most likely be between 29 and 58.');
    const address = page.url();
    await page.goto('about:blank');
    await page.goto(address);
    await result('45');
  });

  test('count CSAT by Wilson’s interval', async () => {
    await page.goto('/calculators');
    await page.getByRole('tab', { name: 'CSAT' }).click();
    await page.getByLabel(word('calculators', 'csat.satisfied'), { exact: true }).fill('81');
    await page.getByLabel(word('calculators', 'csat.others')).fill('19');
    await result('81%');
    await result(/between 72\.2% and 87\.5% would be satisfied/u);
  });

  test('count CES, and say where nothing can be said', async () => {
    await page.goto('/calculators');
    await page.getByRole('tab', { name: 'CES' }).click();
    await page.getByLabel('Rated 7').fill('4');
    await result('7.00');
    await result(/no interval can be calculated/u);
    await page.getByLabel('Rated 1').fill('4');
    await result('4.00');
    await result(/between 1\.32 and 6\.68/u);
  });

  test('plan how many answers are needed', async () => {
    await page.goto('/calculators');
    await page.getByRole('tab', { name: word('calculators', 'tabs.sample') }).click();
    await page.getByText(word('calculators', 'sample.share')).click();
    await page.getByLabel(word('calculators', 'sample.margin')).fill('5');
    await result('385');
    await page.getByLabel(word('calculators', 'sample.population')).fill('1000');
    await result('278');
    await page.getByLabel(word('calculators', 'sample.rate')).fill('20');
    await result(/survey 1390 contacts\..*You do not have that many/u);
    await page.getByLabel(word('calculators', 'sample.answers')).fill('278');
    await result('± 5 percentage points');
  });
});
