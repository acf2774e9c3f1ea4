import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { barriers, overhang } from './browser.ts';

const ways = [
  ['dark', 360],
  ['light', 1280],
] as const;

/** What there is to see now keeps nobody from using it: dark on the narrowest phone, light on a desktop. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const [colorScheme, width] of ways) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    // The menu slides away.
    await expect.poll(() => overhang(page), { interval: 50 }).toBe(0);
    expect(await barriers(page), `${page.url()} ${colorScheme}`).toEqual([]);
  }
}
