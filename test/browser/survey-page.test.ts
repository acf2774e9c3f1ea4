import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SurveyPageFrame } from '../../src/modules/responses/page/frame.ts';
import { renderSurveyPage } from '../../src/modules/responses/page/page.ts';
import { english, locales } from '../emails.ts';
import { aQuestion, everyView } from '../survey-views.ts';
import { barriers, overhang, withBrowser } from './browser.ts';

const dot = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const languages = [...locales.values()].map(({ language }) => language);

/** A brand that makes it hard: pale, with a logo that is wider than a phone. */
const frame: SurveyPageFrame = {
  branding: {
    logo: { url: dot, alt: 'Acme', width: 552, height: 80 },
    color: '#f5e663',
    postalAddress: 'Acme Ltd\n1 Main Street\nLondon',
    privacyUrl: 'https://acme.example/privacy',
  },
  languages,
};

const browser = withBrowser();

/** Latin letters, those that run from right to left, and those that stand close: axe takes its time. */
const refreshedAt = ['en', 'ar', 'zh'].map((tag) => [tag, locales.get(tag) ?? english] as const);

describe.each(['light', 'dark'] as const)('in %s colors, on a phone, nothing keeps anybody', (colorScheme) => {
  let page: Page;
  beforeAll(async () => {
    page = await browser.open({ colorScheme, viewport: { width: 320, height: 640 } });
  });

  test.each(refreshedAt)('from any view in %s', async (tag, texts) => {
    expect(texts.language.tag).toBe(tag);
    for (const view of everyView(texts)) {
      await page.setContent(renderSurveyPage(view, texts, frame));
      expect([view.kind, await barriers(page)]).toEqual([view.kind, []]);
    }
  });

  test.each(['#ffffff', '#000000', '#2450c8', '#c62828', '#00e676'])('from a brand in %s', async (color) => {
    for (const view of [aQuestion(english), { ...aQuestion(english), chosen: 9 }]) {
      await page.setContent(renderSurveyPage(view, english, { ...frame, branding: { ...frame.branding, color } }));
      expect(await barriers(page, { only: ['color-contrast'] })).toEqual([]);
    }
  });
});

describe('on the narrowest phone', () => {
  let page: Page;
  beforeAll(async () => {
    page = await browser.open({ viewport: { width: 320, height: 640 } });
  });

  test.each([...locales])('no view is wider in %s', async (_tag, texts) => {
    for (const view of everyView(texts)) {
      await page.setContent(renderSurveyPage(view, texts, frame));
      expect([view.kind, await overhang(page)]).toEqual([view.kind, 0]);
    }
  });
});

describe('would find', () => {
  let page: Page;
  const kinds = async () => (await barriers(page)).map((barrier) => barrier.split(':')[0]);
  beforeAll(async () => {
    page = await browser.open({ viewport: { width: 320, height: 640 } });
  });

  test('what one cannot read, and what is too wide', async () => {
    const markup = renderSurveyPage(aQuestion(english), english, frame);
    await page.setContent(markup.replace('--ink: #1d2433', '--ink: #dddddd').replace('max-width: 100%', ''));
    expect(await kinds()).toEqual(['color-contrast']);
    expect(await overhang(page)).toBeGreaterThan(200);
  });

  test('a field without a label', async () => {
    const markup = renderSurveyPage(aQuestion(english), english, frame);
    await page.setContent(markup.replace(' for="comment"', ''));
    expect(await kinds()).toEqual(['label']);
  });

  test('a word that is too long in one language only', async () => {
    const markup = (tag: string, word: string) => {
      const texts = locales.get(tag) ?? english;
      const question = aQuestion(texts);
      const wording = { ...question.wording, question: `${question.wording.question} ${word}` };
      return renderSurveyPage({ ...question, wording }, texts, frame).replaceAll('overflow-wrap: break-word', '');
    };
    await page.setContent(markup('en', 'captain'));
    expect(await overhang(page)).toBe(0);
    await page.setContent(markup('de', 'Donaudampfschifffahrtsgesellschaftskapitän'));
    expect(await overhang(page)).toBeGreaterThan(50);
  });
});

describe('on a small phone', () => {
  let page: Page;
  beforeAll(async () => {
    page = await browser.open({ viewport: { width: 320, height: 568 } });
  });

  test.each([...locales])('the button that sends comes first, and nothing is wider, in %s', async (_tag, texts) => {
    const branding = { color: '#2450c8' };
    await page.setContent(renderSurveyPage({ ...aQuestion(texts), chosen: 9 }, texts, { ...frame, branding }));
    const boxes = await page.evaluate<{ send: boolean; width: number; bottom: number }[]>(`
      [...document.querySelectorAll('button, textarea, .points label')].map((control) => {
        const { width, bottom } = control.getBoundingClientRect();
        return { send: control.matches('.send'), width, bottom };
      })`);
    expect(boxes[0]).toMatchObject({ send: true, width: Math.max(...boxes.map(({ width }) => width)) });
    expect(boxes[0]?.bottom).toBeLessThan(568);
  });

  test('every number can be hit with a thumb', async () => {
    await page.setContent(renderSurveyPage(aQuestion(english), english, frame));
    const sizes = await page.evaluate<{ width: number; height: number }[]>(
      `[...document.querySelectorAll('.points input')].map((input) => input.getBoundingClientRect().toJSON())`,
    );
    expect(sizes).toHaveLength(11);
    expect(sizes.filter(({ width, height }) => width < 36 || height < 44)).toEqual([]);
  });

  test('runs from right to left where the language does', async () => {
    const places = async (tag: string) => {
      const texts = locales.get(tag) ?? english;
      await page.setContent(renderSurveyPage(aQuestion(texts), texts, frame));
      return page.evaluate<number[]>(
        `[...document.querySelectorAll('.points input')].slice(0, 6).map((input) => input.getBoundingClientRect().left)`,
      );
    };
    const [latin, arabic] = [await places('en'), await places('ar')];
    expect(arabic.toSorted((one, other) => one - other).map(Math.round)).toEqual(latin.map(Math.round));
    expect(arabic).toEqual(arabic.toSorted((one, other) => other - one));
  });
});

test('in the few colors of somebody’s own, what is chosen stands out', async () => {
  const page = await browser.open({ forcedColors: 'active', viewport: { width: 320, height: 568 } });
  await page.setContent(renderSurveyPage({ ...aQuestion(english), chosen: 9 }, english, frame));
  const [grounds, borders] = await page.evaluate<[string[], string[]]>(`[
    [...document.querySelectorAll('.points span')].map((span) => getComputedStyle(span).backgroundColor),
    [...document.querySelectorAll('.button, textarea, main')].map((one) => getComputedStyle(one).borderTopStyle),
  ]`);
  expect(grounds.filter((ground) => ground === grounds[9])).toHaveLength(1);
  expect(new Set(borders)).toEqual(new Set(['solid']));
});

test('nothing moves', async () => {
  const page = await browser.open();
  for (const view of everyView(english)) {
    await page.setContent(renderSurveyPage(view, english, frame));
    const moving = `[...document.querySelectorAll('*')].filter((one) => {
      const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(one);
      return transitionDuration !== '0s' || animationName !== 'none' || scrollBehavior !== 'auto';
    }).length`;
    expect(await page.evaluate(moving)).toBe(0);
  }
});
