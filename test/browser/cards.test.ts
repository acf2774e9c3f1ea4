import { describe, expect, test } from 'vitest';
import { aPanel, textsIn } from '../panels.ts';
import { barriers, withBrowser } from './browser.ts';
import { openHubspot, openZendesk } from './cards.ts';

const { panel: english } = textsIn('en');

/** Nothing is cut off at the side. */
const fits = 'document.documentElement.scrollWidth <= document.documentElement.clientWidth';

describe.each([
  ['Zendesk', openZendesk],
  ['HubSpot', openHubspot],
] as const)('the card in %s', (_host, open) => {
  const visit = withBrowser();

  test('shows the record’s own fields before the server has answered', async () => {
    const { page } = await open(visit, { answers: ['none yet'] });
    const text = await page.locator('body').innerText();
    for (const shown of [
      'NPS',
      '3 of 10',
      english.trend.down,
      'Before: 9',
      'Answers: 4',
      '4 of 5',
      'At risk',
      'It took four days',
    ]) {
      expect(text).toContain(shown);
    }
    expect(text).toContain(english.loading);
    expect(text).not.toContain(english.slow);
    expect(await barriers(page)).toEqual([]);
  });

  test('says that the history is on its way when the server takes its time, and shows the fields meanwhile', async () => {
    const { page } = await open(visit, { answers: ['none yet'] });
    await page.clock.runFor(5000);
    const text = await page.locator('body').innerText();
    expect(text).toContain(english.slow);
    expect(text).toContain('3 of 10');
    expect(await barriers(page)).toEqual([]);
  });

  test('then shows the history, with tickets and what does not count', async () => {
    const { page, requests } = await open(visit);
    const text = await page.locator('body').innerText();
    for (const shown of [
      english.history,
      'Ticket 5158',
      'Ticket 91 (Freshdesk)',
      english.retracted,
      english.next.now,
      'Nov 20, 2026',
    ]) {
      expect(text).toContain(shown);
    }
    expect(text.split('It took four days')).toHaveLength(2);
    expect(await page.evaluate(fits)).toBe(true);
    expect(await barriers(page)).toEqual([]);
    expect(await requests()).toHaveLength(1);
  });

  test.each([401, 403])(
    'says in an agent’s words that it is refused (%i), and still shows the fields',
    async (status) => {
      const { page } = await open(visit, { answers: [status] });
      const text = await page.locator('body').innerText();
      expect(text).toContain(english.refused);
      expect(text).toContain('3 of 10');
      expect(await page.getByRole('button').count()).toBe(0);
      expect(await barriers(page)).toEqual([]);
    },
  );

  test('can be asked to try again after a failure', async () => {
    const { page } = await open(visit, { answers: [502, aPanel()] });
    expect(await page.locator('body').innerText()).toContain(english.failed);
    await page.getByRole('button', { name: english.retry }).click();
    await page.getByText(english.history).waitFor();
    expect(await page.locator('body').innerText()).not.toContain(english.failed);
  });

  test('says so where there is no answer yet, where no contact is known, and where no field is', async () => {
    const none = { values: {}, history: [] };
    const quiet = await open(visit, { fields: 'empty', answers: [aPanel('en', none)] });
    expect(await quiet.page.locator('body').innerText()).toContain(english.noAnswer);
    const stranger = await open(visit, { fields: 'empty', answers: [aPanel('en', { ...none, known: false })] });
    expect(await stranger.page.locator('body').innerText()).toContain(english.unknownContact);
    const bare = await open(visit, { fields: 'missing', answers: ['none yet'] });
    expect(await bare.page.locator('body').innerText()).toContain(english.noFields);
  });

  test('asks now, and shows what came of it', async () => {
    const sentence = english.next.underWay;
    const next = { when: 'from', from: '2026-12-20T00:00:00.000Z', reason: 'under_way', sentence } as const;
    const outcome = { verdict: 'asked', reason: 'asked', sentence: english.asked } as const;
    const { page, requests } = await open(visit, { answers: [aPanel(), aPanel('en', { next, outcome })] });
    await page.getByRole('button', { name: english.ask }).click();
    await page.getByText(english.asked).waitFor();
    expect(await page.getByText(sentence).count()).toBe(1);
    expect(await page.getByRole('button', { name: english.ask }).isDisabled()).toBe(true);
    const [, asked] = await requests();
    expect(asked).toMatchObject({ url: expect.stringMatching(/\/ask(?:\?|$)/u), data: { key: expect.any(String) } });
    expect(await barriers(page)).toEqual([]);
  });

  test('marks a contact as not to be surveyed, and takes it back', async () => {
    const marked = aPanel('en', {
      doNotSurvey: true,
      next: { when: 'never', from: null, reason: 'do_not_survey', sentence: english.next.doNotSurvey },
    });
    const { page, requests } = await open(visit, { answers: [aPanel(), marked, aPanel()] });
    await page.getByRole('button', { name: english.doNotSurvey }).click();
    await page.getByText(english.next.doNotSurvey).waitFor();
    await page.getByRole('button', { name: english.allow }).click();
    await page.getByText(english.next.now).waitFor();
    const said = (await requests()).slice(1).map(({ data }) => data);
    expect(said).toEqual([{ doNotSurvey: true }, { doNotSurvey: false }]);
  });

  test.each(['light', 'dark'] as const)('reads from right to left where that is read, in %s', async (colorScheme) => {
    const { page } = await open(visit, { language: 'ar', answers: [aPanel('ar')], colorScheme });
    expect(await page.evaluate('document.documentElement.dir')).toBe('rtl');
    expect(await page.locator('body').innerText()).toContain(textsIn('ar').panel.history);
    expect(await page.evaluate(fits)).toBe(true);
    expect(await barriers(page)).toEqual([]);
  });

  test.each([
    ['zh-TW', 'zh-Hant'],
    ['zh-CN', 'zh'],
    ['pt-BR', 'pt'],
    ['no', 'nb'],
    ['sr-Latn', 'en'],
    ['not a tag', 'en'],
  ])('speaks to an agent whose language is %s in %s', async (language, spoken) => {
    const { page } = await open(visit, { language, answers: [aPanel(spoken)] });
    await page.getByText(textsIn(spoken).panel.history).waitFor();
  });

  test.each(['light', 'dark'] as const)('keeps nobody from it, in %s', async (colorScheme) => {
    const { page } = await open(visit, { language: 'de', answers: [aPanel('de')], colorScheme, beside: 'ticket' });
    expect(await page.locator('body').innerText()).toContain('Jetzt fragen');
    expect(await barriers(page)).toEqual([]);
  });
});

describe('the app in Zendesk', () => {
  const visit = withBrowser();

  test('signs with whom it stands beside, and who looks', async () => {
    const { page, requests } = await openZendesk(visit, { beside: 'contact' });
    await page.getByText(english.history).waitFor();
    const aud = 'https://scores.example.org/panel/zendesk';
    expect(await requests()).toEqual([{ url: aud, claims: { aud, sub: '77', locale: 'en', contact: '4711' } }]);
  });

  test('opens a ticket of its own, follows another requester, and the colours of the host', async () => {
    const { page, requests } = await openZendesk(visit);
    await page.getByRole('button', { name: 'Ticket 5158' }).click();
    expect(await page.evaluate('window.host.invoked')).toContainEqual(['routeTo', 'ticket', '5158']);
    await page.evaluate(
      "window.host.known['ticket.requester.id'] = 4712; window.host.tell('ticket.requester.id.changed')",
    );
    await page.getByText(english.history).waitFor();
    expect((await requests()).at(-1)).toMatchObject({ claims: { contact: '4712' } });
    await page.evaluate("window.host.tell('colorScheme.changed', 'dark')");
    expect(await page.evaluate("document.documentElement.classList.contains('dark')")).toBe(true);
  });
});

describe('the card in HubSpot', () => {
  const visit = withBrowser();

  test('shows a ticket’s own answer first, and tells the server where it stands', async () => {
    const { page, requests } = await openHubspot(visit, { beside: 'ticket', answers: ['none yet'] });
    const text = await page.locator('body').innerText();
    expect(text).toContain('Detractor');
    expect(text).toContain('It took four days.');
    expect((await requests()).map(({ url }) => url)).toEqual([
      'https://scores.example.org/panel/hubspot?objectTypeId=0-5&objectId=4711&language=en',
    ]);
  });
});
