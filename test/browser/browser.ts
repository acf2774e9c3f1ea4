import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, inject } from 'vitest';

export type Visit = {
  /**
   * Opens a page in a browser of its own: no cookie is left from another visit. It is closed after the test that opens
   * it, or after the last one where a hook does.
   */
  open(options?: BrowserContextOptions): Promise<Page>;
};

let launched: Promise<Browser> | undefined;

/** One for all files of a worker, which ends with it. */
function launchedBrowser(): Promise<Browser> {
  launched ??= chromium.launch({
    executablePath: inject('browser'),
    headless: true,
    args: [
      ...['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--in-process-gpu'],
      // A page is gone before the work of compiling it for speed would pay.
      '--js-flags=--no-opt',
    ],
  });
  return launched;
}

/** A real browser for the tests of one file. */
export function withBrowser(): Visit {
  const ofFile: BrowserContext[] = [];
  let ofTest: BrowserContext[] | undefined;
  const closeAll = (contexts: BrowserContext[]) => Promise.all(contexts.splice(0).map((context) => context.close()));
  beforeEach(() => {
    ofTest = [];
  });
  afterEach(async () => {
    const opened = ofTest ?? [];
    ofTest = undefined;
    await closeAll(opened);
  });
  afterAll(() => closeAll(ofFile));
  return {
    async open(options = {}) {
      const browser = await launchedBrowser();
      const context = await browser.newContext(options);
      (ofTest ?? ofFile).push(context);
      return context.newPage();
    },
  };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What depends on the colors; everything else is the same in either scheme. */
export const colorRules = ['color-contrast', 'link-in-text-block'] as const;

/** What depends on how a page is built: the words, and with them the language, change nothing about it. */
export const structureRules = [
  ...['region', 'bypass', 'landmark-one-main', 'landmark-no-duplicate-main', 'page-has-heading-one', 'heading-order'],
  ...['nested-interactive', 'tabindex', 'list', 'listitem', 'definition-list', 'dlitem', 'duplicate-id-aria'],
  ...['aria-valid-attr', 'aria-valid-attr-value', 'aria-allowed-attr', 'aria-allowed-role', 'aria-required-attr'],
  ...['aria-required-children', 'aria-required-parent', 'aria-roles', 'aria-prohibited-attr', 'aria-conditional-attr'],
  ...['aria-hidden-focus', 'presentation-role-conflict', 'autocomplete-valid'],
] as const;

type Violation = { id: string; nodes: { html: string }[] };

/**
 * What keeps somebody from using the page, by WCAG 2.2 AA: one line each. A frame is not looked into: ours run no script,
 * so axe would wait half a second for each in vain.
 *
 * @param only rules of axe, when only some are of interest
 * @param except rules of axe that say nothing new of this page
 */
export async function barriers(
  page: Page,
  { only, except = [] }: { only?: readonly string[]; except?: readonly string[] } = {},
): Promise<readonly string[]> {
  const runOnly = only ? { type: 'rule', values: only } : { type: 'tag', values: wcag };
  const rules = Object.fromEntries(except.map((rule) => [rule, { enabled: false }]));
  const options = JSON.stringify({ runOnly, rules, iframes: false, resultTypes: ['violations'] });
  const run = `typeof axe === 'object' ? axe.run(document, ${options}).then(({ violations }) => violations) : null`;
  const check = () => page.evaluate<Violation[] | null>(run);
  let found = await check();
  if (found === null) {
    await page.evaluate(axe);
    found = await check();
  }
  if (found === null) throw new Error('axe is not on the page');
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** By how many pixels the page is wider than what shows it. */
export function overhang(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
