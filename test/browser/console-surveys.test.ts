import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { bootstrapKey, type Served, serve } from '../api/served.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { day } from '../flows/world.ts';
import { withBrowser } from './browser.ts';
import { moveTo } from './console-places.ts';
import { isOpenToEverybody } from './everybody.ts';

describeOnEachDatabase('the surveys in the console', (open) => {
  const browser = withBrowser();
  let service: Served;
  let page: Page;

  beforeAll(async () => {
    service = await serve(await open(), { languages: ['en', 'de'], surveys: [{ key: 'from-file' }] });
    for (let person = 0; person < 3; person += 1) await service.resolvedTicket();
    service.jump(day);
    page = await browser.open({
      extraHTTPHeaders: { authorization: `Bearer ${bootstrapKey}` },
      reducedMotion: 'reduce',
    });
    page.setDefaultTimeout(8000);
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const tab = (name: string) => page.getByRole('link', { name, exact: true });
  const saved = () => page.getByText('All changes are saved').waitFor();
  const shown = () => page.frameLocator('iframe[title="What they see"]:visible');
  const go = (path: string) => moveTo(page, path);
  const survey = () => service.read('/surveys/help');

  test('one is made from a template', async () => {
    await service.call('PATCH', '/workspace', { body: { name: 'Acme' } });
    await page.goto(`${service.url}/surveys`);
    await page.getByText('Kept in SURVEYS_FILE').waitFor();
    await page.getByRole('link', { name: 'New survey' }).click();
    await page.getByRole('radio', { name: /^CSAT after a ticket/ }).click();
    await page.getByLabel('What you call it').fill('Help');
    expect(await page.getByLabel('Key').inputValue()).toBe('help');
    expect(await page.getByLabel('Company or product').inputValue()).toBe('Acme');
    await button('Create the draft').click();
    await page.getByRole('heading', { name: 'Help', level: 1 }).waitFor();
    expect(await survey()).toMatchObject({ status: 'draft', metric: 'csat', draft: { scale: 5 } });
  });

  test('its question is written in two languages, seen at once, and saved by itself', async () => {
    await shown().getByRole('heading', { name: 'How satisfied are you with the help you got from Acme?' }).waitFor();
    await page.getByRole('textbox', { name: /^Question/ }).fill('Was {company} of any help?');
    await shown().getByRole('heading', { name: 'Was Acme of any help?' }).waitFor();
    await button('Add a language').click();
    await page.getByRole('menuitem', { name: 'Deutsch' }).click();
    await page.getByText('standard wording here, your words in another language').waitFor();
    await page.getByRole('textbox', { name: /^Question/ }).fill('Hat {company} geholfen?');
    await shown().getByRole('heading', { name: 'Hat Acme geholfen?' }).waitFor();
    await saved();
    const own = { en: { question: 'Was {company} of any help?' }, de: { question: 'Hat {company} geholfen?' } };
    expect((await survey()).draft.texts).toMatchObject({ languages: ['en', 'de'], own });
    expect(page.url()).toContain('language=de');
  });

  test('what cannot be is said beside its field, and not saved', async () => {
    await page.getByRole('textbox', { name: /^Question/ }).fill('Hat {firma} geholfen?');
    await page.getByText(/^“firma” is not known/u).waitFor();
    await page.getByText('Not saved: something is wrong').waitFor();
    await page.getByText('Something is not complete yet; this is how it looked before.').waitFor();
    await shown().getByRole('heading', { name: 'Hat Acme geholfen?' }).waitFor();
    await tab('All surveys').click();
    await page.getByText('Leave without saving?').waitFor();
    await button('Cancel').click();
    await page.getByRole('textbox', { name: /^Question/ }).fill('Hat {company} geholfen?');
    await saved();
  });

  test('lengths, conditions and reminders are filled in by hand', async () => {
    await page.getByRole('tab', { name: 'Audience' }).click();
    await button('Add a condition').click();
    await page.getByRole('combobox', { name: 'Values' }).fill('vip');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Timing' }).click();
    await page.getByLabel('After the ticket was resolved', { exact: true }).fill('3');
    await page.getByLabel('Unit of: After the ticket was resolved').selectOption('hours');
    await page.getByRole('tab', { name: 'Reminders' }).click();
    await button('Add a reminder').click();
    await saved();
    expect((await survey()).draft).toMatchObject({
      audience: { conditions: [{ field: 'tags', is: ['vip'] }] },
      timing: { delay: 'PT3H' },
      reminders: ['P3D'],
    });
    await page.getByRole('tab', { name: 'Audience' }).click();
    await button('Remove condition 1').click();
    await saved();
  });

  test('another person’s change is not overwritten unseen', async () => {
    await service.call('PATCH', '/surveys/help', { body: { name: 'Help desk' } });
    await page.getByRole('tab', { name: 'Follow-up' }).click();
    await page.getByLabel('A box for a comment').setChecked(false, { force: true });
    await page.getByText('Somebody else changed this survey meanwhile').waitFor();
    await button('Keep mine').click();
    await saved();
    expect((await survey()).draft).toMatchObject({ name: 'Help desk', followUp: { comment: false } });
    await page.reload();
  });

  test('a dry run tells whom it would have asked', async () => {
    await tab('Dry run').click();
    await button('Start the dry run').click();
    await page.getByText('Looking at tickets').waitFor();
    await service.settle();
    await page.getByText('Would be asked').waitFor();
    const [run] = (await service.read('/surveys/help/dry-runs')).items;
    expect(run).toMatchObject({ status: 'finished', findings: { resolutions: 3 } });
    await page.getByRole('heading', { name: 'Examples' }).waitFor();
    await isOpenToEverybody(page);
    await page.reload();
    await page.getByText('Would be asked').waitFor();
  });

  test('what is in the way of publishing leads to its field; then it is published', async () => {
    await go('/surveys/help?part=audience');
    await page.getByLabel('At most so many people a day').setChecked(false, { force: true });
    await saved();
    await tab('Publish').click();
    await page.getByText('One thing is in the way').waitFor();
    expect(await button('Publish').isDisabled()).toBe(true);
    await page.getByRole('link', { name: 'Go to the field' }).click();
    await page.getByLabel('At most so many people a day').setChecked(true, { force: true });
    await saved();
    await tab('Publish').click();
    await page.getByText('Nothing speaks against publishing.').waitFor();
    await button('Publish').click();
    await page
      .getByRole('dialog')
      .getByText(/^Mails a day to expect: about \d+\.$/u)
      .waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    await page.getByText('It says the same as version 1.').waitFor();
    expect(await survey()).toMatchObject({ status: 'live', version: 1 });
  });

  test('it is paused, and resumed', async () => {
    await button('More for Help desk').click();
    await page.getByRole('menuitem', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused', { exact: true }).waitFor();
    expect(await survey()).toMatchObject({ status: 'paused' });
    await button('More for Help desk').click();
    await page.getByRole('menuitem', { name: 'Resume' }).click();
    await page.getByText('Live', { exact: true }).waitFor();
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
    await page.getByLabel('Sender’s address').fill('care@umbrella.example');
    await button('Create the brand').click();
    await page.getByRole('link', { name: 'Umbrella' }).waitFor();
    await page.getByRole('link', { name: 'Umbrella' }).click();
    await page.getByRole('heading', { level: 1, name: 'Umbrella' }).waitFor();
    await isOpenToEverybody(page);
    expect(await service.read('/brands/umbrella')).toMatchObject({ from: { address: 'care@umbrella.example' } });
  });
});
