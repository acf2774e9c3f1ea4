import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import chromiumPackage from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { startPlayed } from './played.ts';

/** `npm run screenshots`: the pictures of `docs/images`, of a service with a quarter of made-up answers behind it. */
const folder = join(import.meta.dirname, '..', '..', 'docs', 'images');

type Picture = { name: string; path: string; ready: string };

const pictures: readonly Picture[] = [
  { name: 'home', path: '/', ready: 'Newest comments' },
  { name: 'responses', path: '/responses', ready: 'Answered' },
  { name: 'contact', path: '/contacts?sort=-rating&hasRating=true', ready: 'Name' },
  { name: 'decisions', path: '/decisions', ready: 'Reason' },
  { name: 'editor', path: '/surveys/ease?part=branding', ready: 'Brand color' },
  { name: 'dry-run', path: '/surveys/ease/dry-run', ready: 'Dry run' },
  { name: 'connections', path: '/connections', ready: 'Zendesk' },
];

const owner = { name: 'Olivia Owner', email: 'olivia@acme.example', password: 'a long sentence about a horse' };

/** The first account, made as an operator makes it. */
async function makeOwner(page: Page, link: string): Promise<void> {
  await page.goto(link);
  for (const [field, value] of Object.entries(owner)) await page.locator(`input[name=${field}]`).fill(value);
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.waitForURL('**/welcome');
}

/** Every page that one goes through before the picture is of interest. */
const wayTo: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  async contact(page) {
    await page.locator('tbody a[href^="/contacts/"]').first().click();
    await page.getByRole('heading', { name: 'Timeline' }).waitFor();
  },
  async 'dry-run'(page) {
    await page
      .getByRole('button', { name: /^(?:Start|Run again)/u })
      .first()
      .click();
    await page.getByText('Emails per day').first().waitFor();
  },
};

async function take(context: BrowserContext, url: string, { name, path, ready }: Picture): Promise<void> {
  const page = await context.newPage();
  await page.goto(url + path);
  await page.getByText(ready).first().waitFor();
  await wayTo[name]?.(page);
  await page.waitForLoadState('networkidle');
  // Charts draw themselves in.
  await page.evaluate('Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {})))');
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  await page.close();
  console.log(`docs/images/${name}.png`);
}

async function takeAll(browser: Browser, url: string, link: string): Promise<void> {
  const first = await browser.newContext();
  await makeOwner(await first.newPage(), link);
  const storageState = await first.storageState();
  for (const picture of pictures) {
    const context = await browser.newContext({
      storageState,
      colorScheme: 'light',
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 800 },
    });
    await take(context, url, picture);
    await context.close();
  }
}

mkdirSync(folder, { recursive: true });
const service = await startPlayed();
const browser = await chromium.launch({
  executablePath: await chromiumPackage.executablePath(),
  headless: true,
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
try {
  if (service.setupLink !== undefined) await takeAll(browser, service.url, service.setupLink);
} finally {
  await browser.close();
  await service.stop();
}
