import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Texts } from '../../src/model/locale.ts';
import { compileConfirmation, compileInvitation } from '../../src/modules/invitations/email/invitation.ts';
import { ann, emailContent, english, locales } from '../emails.ts';
import { barriers, overhang, withBrowser } from './browser.ts';

const branding = {
  logo: { url: 'https://acme.example/logo.png', alt: 'Acme', width: 552, height: 80 },
  color: '#f5e663',
  postalAddress: 'Acme Ltd\n1 Main Street\nLondon',
  privacyUrl: 'https://acme.example/privacy',
};
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="552" height="80"><rect width="552" height="80"/></svg>`;

type Box = { left: number; top: number; width: number; height: number; label: string; fits: boolean };

/** The numbers, and a button where there is one, as somebody sees them. */
const boxes = (page: Page, where: string) =>
  page.evaluate<Box[]>(`[...document.querySelectorAll('${where} a')].map((link) => {
    const { left, top, width, height } = link.getBoundingClientRect();
    return { left, top, width, height, label: link.textContent, fits: link.scrollWidth <= link.clientWidth + 1 };
  })`);

const browser = withBrowser();

/** What an email can keep to: mail programs put it into a page of theirs. */
const readingRules = ['color-contrast', 'image-alt', 'link-name', 'html-has-lang'];

/** A page in which every image is there, or none is. */
async function openEmail(withImages: boolean, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await browser.open(options);
  await page.route('**/*', (route) =>
    withImages ? route.fulfill({ body: drawing, contentType: 'image/svg+xml' }) : route.abort(),
  );
  return page;
}

describe.each([true, false])('with images: %s', (withImages) => {
  let page: Page;
  beforeAll(async () => {
    page = await openEmail(withImages);
  });

  test.each([...locales])('the letters in %s can be tapped at any width', async (_tag, texts) => {
    for (const html of await emailsIn(texts)) {
      await page.setContent(html);
      for (const width of [320, 600, 1200]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await overhang(page)).toBe(0);
        const numbers = await boxes(page, html.includes('class="others') ? '.others' : '.numbers');
        expect(numbers.map(({ label }) => label)).toEqual(Array.from({ length: 11 }, (_, rating) => `${rating}`));
        expect(numbers.filter((box) => box.width < 40 || box.height < 40 || !box.fits)).toEqual([]);
        expect(new Set(numbers.map(({ top }) => top)).size).toBe(width === 320 ? 2 : 1);
      }
    }
  });

  describe.each(['light', 'dark'] as const)('in %s colors', (colorScheme) => {
    // Latin letters, those that run from right to left, and those that stand close: axe takes its time.
    test.each(['en', 'ar', 'zh'])('the letters in %s can be read', async (tag) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 1200, height: 800 });
      for (const html of await emailsIn(locales.get(tag) ?? english)) {
        await page.setContent(html);
        expect(await barriers(page, { only: readingRules })).toEqual([]);
      }
    });
  });
});

test.each([...locales])('where no style sheet is read, an email in %s is plainer and as good', async (_tag, texts) => {
  const page = await openEmail(true, { viewport: { width: 320, height: 640 } });
  for (const html of await emailsIn(texts)) {
    await page.setContent(html.replaceAll(/<style.*?<\/style>/gsu, ''));
    expect(await overhang(page)).toBe(0);
    const links = await boxes(page, 'body');
    const numbers = links.filter(({ label }) => /^\d+$/u.test(label));
    expect(numbers).toHaveLength(11);
    expect(new Set(numbers.map(({ top }) => top)).size).toBe(1);
    expect(numbers.filter((box) => box.width < 24 || box.height < 40 || !box.fits)).toEqual([]);
  }
});

test('the button to confirm is the first and widest, and a long way from the numbers', async () => {
  const page = await openEmail(true, { viewport: { width: 320, height: 640 } });
  await page.setContent((await emailsIn(english))[1]);
  const [button, ...others] = await boxes(page, 'body');
  expect(button).toMatchObject({ label: 'Yes, send 9', height: expect.toSatisfy((height: number) => height >= 44) });
  expect(button?.width).toBe(Math.max(...others.map(({ width }) => width), button?.width ?? 0));
  const next = Math.min(...others.filter(({ label }) => /^\d+$/u.test(label)).map(({ top }) => top));
  expect(next - ((button?.top ?? 0) + (button?.height ?? 0))).toBeGreaterThan(40);
});

const compiled = new Map<string, Promise<readonly [string, string]>>();

/** The email that asks, and the one that asks whether a number is right. */
function emailsIn(texts: Texts): Promise<readonly [string, string]> {
  const { tag } = texts.language;
  const found = compiled.get(tag) ?? compileEmails(texts);
  compiled.set(tag, found);
  return found;
}

async function compileEmails(texts: Texts): Promise<readonly [string, string]> {
  const content = emailContent({ branding }, texts);
  const asks = (await compileInvitation(content)).render(ann);
  const confirms = (await compileConfirmation(content)).render({ ...ann, tapped: 9 });
  return [asks.html, confirms.html];
}
