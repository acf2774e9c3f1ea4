import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTexts, type Texts } from '../../src/domain/locale.ts';
import { scaleOf } from '../../src/domain/survey/scale.ts';
import { renderSurveyPage } from '../../src/http/survey/page.ts';
import type { SurveyView } from '../../src/http/survey/view.ts';
import { barriers, withBrowser } from './browser.ts';

const folder = new URL('../../config/locales/', import.meta.url);
const locales: readonly Texts[] = readdirSync(folder).map((file) =>
  readTexts(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
);
const company = 'Acme';
const question = { kind: 'question' as const, company, scale: scaleOf('nps', 10) };
const views: readonly SurveyView[] = [
  { ...question, problem: { about: 'rating' } },
  { ...question, chosen: 9, problem: { about: 'comment', length: 12_000, limit: 10_000 } },
  { kind: 'thanks', company, answer: { rating: 9, comment: 'Fine' }, changeUrl: '?change' },
  { kind: 'answered', company, answer: { rating: 9 } },
  { kind: 'expired', company },
  { kind: 'withdrawn', company },
  { kind: 'unknown' },
  { kind: 'unsubscribe', company },
  { kind: 'unsubscribed', company },
];

describe.each(['light', 'dark'] as const)('in %s colours, nothing keeps anybody', (colorScheme) => {
  const { open } = withBrowser();

  test.each(locales.map((texts) => [texts.language.tag, texts] as const))(
    'from answering in %s',
    async (_tag, texts) => {
      const page = await open({ colorScheme, viewport: { width: 320, height: 640 } });
      await page.setContent(renderSurveyPage({ ...question, chosen: 9 }, texts));

      expect(await barriers(page)).toEqual([]);
      const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await page.evaluate(wider)).toBe(0);
    },
  );

  test.each(views.map((view) => [view.kind, view] as const))('from reading %s', async (_kind, view) => {
    const english = locales.find(({ language }) => language.tag === 'en') as Texts;
    const page = await open({ colorScheme });
    await page.setContent(renderSurveyPage(view, english));

    expect(await barriers(page)).toEqual([]);
  });
});
