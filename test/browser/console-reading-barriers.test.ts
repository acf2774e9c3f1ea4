import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { barriers } from './browser.ts';
import { withPlayed } from './played.ts';

const played = withPlayed();
let page: Page;

beforeAll(async () => {
  page = await played.enter('owner');
});

/** Each with few rows, which are all alike, for the look at them to be quick. */
const places = [
  ['/', 'Home'],
  ['/responses?search=call', 'Responses'],
  ['/contacts?name=Sven', 'Contacts'],
  ['/decisions?email=tara.singh@northwind.example', 'Decisions'],
  ['/deliveries?status=bounced', 'Deliveries'],
  ['/notices', 'Notices'],
] as const;

async function visitPlace(path: string, name: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.locator('table').first().waitFor({ state: 'attached' });
}

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  test.each(places)('nothing keeps anybody from %s', async (path, name) => {
    await page.emulateMedia({ colorScheme });
    await visitPlace(path, name);
    expect(await barriers(page)).toEqual([]);
  });

  test('nor from a person, from what is asked before one is erased, nor from an answer', async () => {
    await page.emulateMedia({ colorScheme });
    await visitPlace('/contacts?name=Tara', 'Contacts');
    await page.getByRole('link', { name: 'Tara Singh' }).click();
    const answer = page.getByRole('link', { name: 'Open the answer' }).first();
    await answer.waitFor();
    expect(await barriers(page)).toEqual([]);

    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: /Erase/u }).click();
    await page.getByLabel(/^To be sure/u).waitFor();
    // Only what stays is looked at, not what fades.
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await page.waitForFunction("getComputedStyle(document.querySelector('[role=dialog]')).opacity === '1'");
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel' }).click();

    await answer.click();
    await page.getByRole('heading', { level: 1, name: 'Answer of Tara Singh' }).waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});

test('nothing is wider than a small phone', async () => {
  await page.setViewportSize({ width: 360, height: 780 });
  for (const [path, name] of places) {
    await visitPlace(path, name);
    const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect([path, await page.evaluate(wider)]).toEqual([path, 0]);
  }
});
