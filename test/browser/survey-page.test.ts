import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTexts, type Texts } from '../../src/domain/locale.ts';
import { renderSurveyPage } from '../../src/http/survey/page.ts';
import { aQuestion, everyView } from '../survey-views.ts';
import { barriers, withBrowser } from './browser.ts';

const folder = new URL('../../config/locales/', import.meta.url);
const locales: readonly Texts[] = readdirSync(folder).map((file) =>
  readTexts(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
);
const english = locales.find(({ language }) => language.tag === 'en') as Texts;

describe.each(['light', 'dark'] as const)('in %s colours, nothing keeps anybody', (colorScheme) => {
  const { open } = withBrowser();

  test.each(locales.map((texts) => [texts.language.tag, texts] as const))(
    'from answering in %s',
    async (_tag, texts) => {
      const page = await open({ colorScheme, viewport: { width: 320, height: 640 } });
      await page.setContent(renderSurveyPage({ ...aQuestion(texts), chosen: 9 }, texts));

      expect(await barriers(page)).toEqual([]);
      const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await page.evaluate(wider)).toBe(0);
    },
  );

  test.each(everyView(english).map((view) => [view.kind, view] as const))('from reading %s', async (_kind, view) => {
    const page = await open({ colorScheme });
    await page.setContent(renderSurveyPage(view, english));

    expect(await barriers(page)).toEqual([]);
  });
});
