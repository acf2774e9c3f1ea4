import { describe, expect, test } from 'vitest';
import { barriers } from './browser.ts';
import { withPlayed } from './played.ts';
import { word } from './words.ts';

const played = withPlayed();

describe.each(['light', 'dark'] as const)('in %s colors', (colorScheme) => {
  test('nothing keeps anybody from a contact, from what is asked before one is erased, nor from an answer', async () => {
    const page = await played.enter({ role: 'owner', where: 'played' }, '/contacts?name=Tara', {
      colorScheme,
      reducedMotion: 'reduce',
    });
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
