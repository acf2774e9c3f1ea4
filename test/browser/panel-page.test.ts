import { describe, expect, test } from 'vitest';
import { UntrustedWebhook, UpstreamBusy } from '../../src/model/errors.ts';
import { renderPanelPage, renderTrouble } from '../../src/modules/agent-panel/page.ts';
import { aPanel, textsIn } from '../panels.ts';
import { vendorSays } from '../vendor-says.ts';
import { barriers, withBrowser } from './browser.ts';

const form = { address: 'https://scores.example.org/panel/zendesk', token: 'made-up' };

describe.each(['light', 'dark'] as const)('the panel’s page in %s colors', (colorScheme) => {
  const { open } = withBrowser();
  const wide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

  test.each(['en', 'ar', 'zh'])('keeps nobody from reading it in %s', async (language) => {
    const page = await open({ colorScheme, viewport: { width: 320, height: 640 } });
    await page.setContent(renderPanelPage(aPanel(language), textsIn(language), form));
    expect(await page.locator('li').count()).toBe(4);
    expect(await barriers(page)).toEqual([]);
    expect(await page.evaluate(wide)).toBe(0);
  });

  test('says what came of a button, and what cannot be', async () => {
    const texts = textsIn('en');
    const { next: words, asked } = texts.panel;
    const page = await open({ colorScheme });
    const next = { when: 'never', from: null, reason: 'do_not_survey', sentence: words.doNotSurvey } as const;
    const outcome = { verdict: 'asked', reason: 'asked', sentence: asked } as const;
    await page.setContent(renderPanelPage(aPanel('en', { next, outcome, history: [], values: {} }), texts, form));
    expect(await page.getByRole('status').innerText()).toBe(asked);
    expect(await page.getByRole('button', { name: texts.panel.ask }).isDisabled()).toBe(true);
    expect(await barriers(page)).toEqual([]);
    for (const failure of [new UntrustedWebhook('signature_wrong'), new UpstreamBusy(vendorSays('server_failed'))]) {
      await page.setContent(renderTrouble(failure, texts));
      expect(await barriers(page)).toEqual([]);
    }
  });
});
