import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { bootstrapKey, type Served, serve } from '../api/served.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { day } from '../flows/world.ts';
import { expectAccessible } from './accessible.ts';
import { withBrowser } from './browser.ts';
import { moveTo } from './console-places.ts';
import { word } from './words.ts';

describeOnEachDatabase('the surveys in the console', (open) => {
  const browser = withBrowser();
  let service: Served;
  let page: Page;

  beforeAll(async () => {
    service = await serve(await open(), { languages: ['en', 'de'], surveys: [{ key: 'from-file' }] });
    for (let contact = 0; contact < 3; contact += 1) await service.resolvedTicket();
    service.jump(day);
    page = await browser.open({
      extraHTTPHeaders: { authorization: `Bearer ${bootstrapKey}` },
      reducedMotion: 'reduce',
    });
    page.setDefaultTimeout(8000);
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const tab = (name: string) => page.getByRole('link', { name, exact: true });
  const saved = () => page.getByText(word('editor', 'state.saved')).waitFor();
  const shown = () => page.frameLocator('iframe[title="Survey preview"]:visible');
  const go = (path: string) => moveTo(page, path);
  const survey = () => service.read('/surveys/help');

  test('one is made from a template', async () => {
    await service.call('PATCH', '/workspace', { body: { name: 'Acme' } });
    await page.goto(`${service.url}/surveys`);
    await page.getByText(word('surveys', 'inFile')).waitFor();
    await page.getByRole('link', { name: word('surveys', 'new') }).click();
    await page.getByRole('radio', { name: /^CSAT after a ticket/ }).click();
    await page.getByLabel(word('surveys', 'newPage.name')).fill('Help');
    expect(await page.getByLabel(word('surveys', 'newPage.key')).inputValue()).toBe('help');
    expect(await page.getByLabel(word('surveys', 'newPage.company')).inputValue()).toBe('Acme');
    await button(word('surveys', 'newPage.create')).click();
    await page.getByRole('heading', { name: 'Help', level: 1 }).waitFor();
    expect(await survey()).toMatchObject({ status: 'draft', metric: 'csat', draft: { scale: 5 } });
  });

  test('its question is written in two languages, seen at once, and saved by itself', async () => {
    await shown().getByRole('heading', { name: 'How satisfied are you with the help you got from Acme?' }).waitFor();
    await page.getByRole('textbox', { name: /^Question/ }).fill('Was {company} of any help?');
    await shown().getByRole('heading', { name: 'Was Acme of any help?' }).waitFor();
    await button(word('editor', 'texts.addLanguage')).click();
    await page.getByRole('menuitem', { name: 'Deutsch' }).click();
    await page.getByText(word('editor', 'wordState.missing')).waitFor();
    await page.getByRole('textbox', { name: /^Question/ }).fill('Hat {company} geholfen?');
    await shown().getByRole('heading', { name: 'Hat Acme geholfen?' }).waitFor();
    await saved();
    const own = { en: { question: 'Was {company} of any help?' }, de: { question: 'Hat {company} geholfen?' } };
    expect((await survey()).draft.texts).toMatchObject({ languages: ['en', 'de'], own });
    expect(page.url()).toContain('language=de');
  });

  test('what cannot be is said beside its field, and not saved', async () => {
    await page.getByRole('textbox', { name: /^Question/ }).fill('Hat {firma} geholfen?');
    await page.getByText(/^“firma” is not a known placeholder/u).waitFor();
    await page.getByText(word('editor', 'state.refused')).waitFor();
    await page.getByText(word('editor', 'preview.incomplete')).waitFor();
    await shown().getByRole('heading', { name: 'Hat Acme geholfen?' }).waitFor();
    await tab(word('surveys', 'back')).click();
    await page.getByText(word('editor', 'leave')).waitFor();
    await button(word('parts', 'cancel')).click();
    await page.getByRole('textbox', { name: /^Question/ }).fill('Hat {company} geholfen?');
    await saved();
  });

  test('lengths, conditions and reminders are filled in by hand', async () => {
    await page.getByRole('tab', { name: word('editor', 'parts.audience') }).click();
    await button(word('editor', 'conditions.add')).click();
    await page.getByRole('combobox', { name: word('editor', 'conditions.values') }).fill('vip');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: word('editor', 'parts.timing') }).click();
    await page.getByLabel(word('editor', 'timing.delay'), { exact: true }).fill('3');
    await page.getByLabel('Unit of: After the ticket was resolved').selectOption('hours');
    await page.getByRole('tab', { name: word('editor', 'parts.reminders') }).click();
    await button(word('editor', 'reminders.add')).click();
    await saved();
    expect((await survey()).draft).toMatchObject({
      audience: { conditions: [{ field: 'tags', is: ['vip'] }] },
      timing: { delay: 'PT3H' },
      reminders: ['P3D'],
    });
    await page.getByRole('tab', { name: word('editor', 'parts.audience') }).click();
    await button('Remove condition 1').click();
    await saved();
  });

  test('another person’s change is not overwritten unseen', async () => {
    await service.call('PATCH', '/surveys/help', { body: { name: 'Help desk' } });
    await page.getByRole('tab', { name: word('editor', 'parts.followUp') }).click();
    await page.getByLabel(word('editor', 'followUp.commentLabel')).setChecked(false, { force: true });
    await page.getByText(word('editor', 'conflict')).waitFor();
    await button(word('editor', 'keepMine')).click();
    await saved();
    expect((await survey()).draft).toMatchObject({ name: 'Help desk', followUp: { comment: false } });
    await page.reload();
  });

  test('a dry run tells whom it would have asked', async () => {
    await tab(word('surveys', 'tabs.dryRun')).click();
    await button(word('dryRun', 'begin')).click();
    await page.getByText(word('dryRun', 'running')).waitFor();
    await service.runDue();
    await page.getByText(word('dryRun', 'asked')).waitFor();
    const [run] = (await service.read('/surveys/help/dry-runs')).items;
    expect(run).toMatchObject({ status: 'finished', findings: { resolutions: 3 } });
    await page.getByRole('heading', { name: word('dryRun', 'examples') }).waitFor();
    await expectAccessible(page);
    await page.reload();
    await page.getByText(word('dryRun', 'asked')).waitFor();
  });

  test('what is in the way of publishing leads to its field; then it is published', async () => {
    await go('/surveys/help?part=audience');
    await page.getByLabel(word('editor', 'audience.capped')).setChecked(false, { force: true });
    await saved();
    await tab('Publish').click();
    await page.getByText(word('surveys', 'publish.problems_one')).waitFor();
    expect(await button('Publish').isDisabled()).toBe(true);
    await page.getByRole('link', { name: word('surveys', 'publish.mend') }).click();
    await page.getByLabel(word('editor', 'audience.capped')).setChecked(true, { force: true });
    await saved();
    await tab('Publish').click();
    await page.getByText(word('surveys', 'publish.fine')).waitFor();
    await button('Publish').click();
    await page
      .getByRole('dialog')
      .getByText(/^Expect about \d+ emails a day\.$/u)
      .waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    await page.getByText(word('surveys', 'publish.nothing', { version: 1 })).waitFor();
    expect(await survey()).toMatchObject({ status: 'live', version: 1 });
  });

  test('it is paused, and resumed', async () => {
    await button('More for Help desk').click();
    await page.getByRole('menuitem', { name: word('surveys', 'pause') }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: word('surveys', 'pause') })
      .click();
    await page.getByText(word('surveys', 'status.paused'), { exact: true }).waitFor();
    expect(await survey()).toMatchObject({ status: 'paused' });
    await button('More for Help desk').click();
    await page.getByRole('menuitem', { name: word('surveys', 'resume') }).click();
    await page.getByText(word('surveys', 'status.live'), { exact: true }).waitFor();
  });

  test('the order is changed by keyboard', async () => {
    await service.call('POST', '/surveys', { body: { key: 'second', metric: 'nps' } });
    await go('/surveys');
    await button('Move second up').press('Enter');
    await expect
      .poll(async () => (await service.read('/surveys')).items.map(({ key }: { key: string }) => key))
      .toEqual(['from-file', 'second', 'help']);
  });

  test('a brand is made', async () => {
    await go('/surveys/brands/new');
    await page.getByLabel('Name', { exact: false }).first().fill('Umbrella');
    await page.getByLabel(word('brands', 'fromAddress')).fill('care@umbrella.example');
    await button(word('brands', 'create')).click();
    await page.getByRole('link', { name: 'Umbrella' }).waitFor();
    await page.getByRole('link', { name: 'Umbrella' }).click();
    await page.getByRole('heading', { level: 1, name: 'Umbrella' }).waitFor();
    await expectAccessible(page);
    expect(await service.read('/brands/umbrella')).toMatchObject({ from: { address: 'care@umbrella.example' } });
  });
});
