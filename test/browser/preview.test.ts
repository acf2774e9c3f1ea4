import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { bootstrapKey, type Served, serve } from '../api/served.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { withBrowser } from './browser.ts';

describeOnEachDatabase('the preview of a page in a frame', (open) => {
  const browser = withBrowser();
  let service: Served;
  beforeAll(async () => {
    service = await serve(await open());
    const followUp = { redirect: 'https://acme.example/bye' };
    const branding = { privacyUrl: 'https://acme.example/privacy' };
    await service.call('POST', '/surveys', {
      body: { key: 'drafted', metric: 'nps', company: 'Acme', followUp, branding },
    });
  });

  /** A page of this origin that shows the preview, as the console does, and what is asked of anybody from then on. */
  async function framed(origin: string, view: string) {
    const page = await browser.open({ extraHTTPHeaders: { authorization: `Bearer ${bootstrapKey}` } });
    const address = `${service.url}/api/surveys/drafted/page?view=${view}`;
    const body = `<!doctype html><iframe sandbox="allow-forms" width="400" height="700" src="${address}"></iframe>`;
    await page.route(`${origin}/console`, (route) => route.fulfill({ body, contentType: 'text/html' }));
    await page.goto(`${origin}/console`);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    return { page, inside: page.frameLocator('iframe'), asked };
  }

  /** Long enough for whatever a click sets off to have begun. */
  const settled = (page: Page) => page.waitForLoadState('networkidle');

  test('is seen in a page of our own, and sends nothing whatever is pressed', async () => {
    const { page, inside, asked } = await framed(service.url, 'followUp');
    await inside.getByRole('button', { name: 'Send 9' }).click();
    await inside.locator('#rating-3').check();
    await inside.getByRole('link', { name: 'Privacy policy' }).click();
    await settled(page);
    expect(await inside.getByRole('button', { name: 'Send 3' }).isVisible()).toBe(true);
    expect(asked).toEqual([]);
  });

  test('stays where it is after the answer', async () => {
    const { page, inside, asked } = await framed(service.url, 'thanks');
    await inside.getByRole('link', { name: 'Continue' }).click();
    await inside.getByRole('link', { name: 'Change your answer' }).click();
    await settled(page);
    expect(await inside.getByRole('heading', { name: 'Thank you' }).isVisible()).toBe(true);
    expect(asked).toEqual([]);
  });

  test('is not seen in a page of anybody else', async () => {
    const { page, inside } = await framed('https://elsewhere.example', 'followUp');
    await settled(page);
    expect(await inside.locator('form').count()).toBe(0);
  });
});
