import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';

export type Visit = {
  /** Opens a page in a browser of its own: no cookie is left from another visit. */
  open(options?: BrowserContextOptions): Promise<Page>;
};

/** A real browser for the tests of one file. */
export function withBrowser(): Visit {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: inject('browser'),
      headless: true,
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    });
  });
  afterAll(() => browser.close());
  return {
    async open(options = {}) {
      const context = await browser.newContext(options);
      return context.newPage();
    },
  };
}

/** What keeps somebody from using the page, by WCAG 2.2 AA: one line each. */
export async function barriers(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
