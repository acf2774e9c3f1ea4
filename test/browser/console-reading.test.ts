import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { moveTo } from './console-places.ts';
import { withPlayed } from './played.ts';
import { word } from './words.ts';

const played = withPlayed();
let page: Page;

beforeAll(async () => {
  page = await played.enter({ role: 'owner', where: 'played' }, '/', { reducedMotion: 'reduce' });
});

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const button = (name: string | RegExp) => page.getByRole('button', { name });
const seen = (text: string | RegExp) => page.getByText(text).first().waitFor();

async function goTo(path: string, title: string): Promise<void> {
  await moveTo(page, path);
  await heading(title).waitFor();
}

/** Opens the first contact of that name, from the list. */
async function openContact(name: string): Promise<void> {
  await goTo(`/contacts?name=${encodeURIComponent(name)}`, word('contacts', 'title'));
  await page.getByRole('link', { name }).first().click();
  await heading(name).waitFor();
}

describe('home', () => {
  test('says how sure a score is, and follows the period and the survey in its address', async () => {
    await page.goto('/');
    const nps = page.getByRole('region', { name: 'NPS', exact: true });
    await nps.getByText(/^between -?\d+ and \d+$/u).waitFor();
    await nps.getByText(word('metrics', 'category.promoter')).waitFor();
    expect(await nps.getByRole('table', { name: 'NPS by week' }).getByRole('row').count()).toBeGreaterThan(10);

    await page.getByText(word('home', 'periods.365'), { exact: true }).click();
    await page.waitForURL(/days=365/u);
    await page.getByRole('combobox', { name: word('home', 'survey') }).click();
    await page.getByRole('option', { name: 'Support satisfaction' }).click();
    await page.waitForURL(/survey=support-csat/u);
    await nps.waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'CSAT', exact: true }).waitFor();
  });

  test('leads from a comment to its answer', async () => {
    await goTo('/', word('home', 'title'));
    const comments = page.getByRole('region', { name: word('home', 'newestComments') });
    await comments.locator('a[href^="/responses/"]').first().click();
    await heading(/^Response from /u).waitFor();
  });

  test('says what needs a person, until it is done', async () => {
    await goTo('/', word('home', 'title'));
    await button(word('shell', 'pause.button')).click();
    const asking = page.getByRole('switch', { name: word('shell', 'pause.asking') });
    await asking.click();
    const needed = page.getByRole('region', { name: word('home', 'needsAttention') });
    const paused = needed.getByText(/^Surveys are paused everywhere/u);
    await paused.waitFor();
    // The menu covers the banner until it is gone.
    await asking.press('Escape');
    await asking.waitFor({ state: 'detached' });
    await button(word('shell', 'pause.resume')).click();
    await paused.waitFor({ state: 'detached' });
  });

  test('says so when no one was asked in a period', async () => {
    await moveTo(page, '/?from=2020-01-01&until=2020-02-01');
    await seen(word('home', 'nothing.title'));
    await button(word('home', 'nothing.year')).click();
    await page.getByRole('region', { name: 'NPS', exact: true }).waitFor();
  });
});

test('an answer is retracted with a reason, restored, and corrected', async () => {
  await goTo('/responses?status=confirmed&metric=nps&hasComment=true', word('responses', 'title'));
  await page.locator('td a[href^="/responses/"]').first().click();
  await page.getByRole('heading', { name: word('responses', 'counts') }).waitFor();

  await button(word('responses', 'change')).click();
  await page.getByRole('menuitem', { name: /Retract/u }).click();
  await page.getByLabel(word('responses', 'reason')).fill('They meant somebody else.');
  await button(word('responses', 'retract.does')).click();
  await page.getByRole('heading', { name: word('responses', 'countsNot') }).waitFor();
  await seen('They meant somebody else.');

  await button(word('responses', 'restore.does')).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: word('responses', 'restore.does') })
    .click();
  await page.getByRole('heading', { name: word('responses', 'counts') }).waitFor();

  await button(word('responses', 'change')).click();
  await page.getByRole('menuitem', { name: /Correct/u }).click();
  await page.getByRole('textbox', { name: word('responses', 'columns.rating') }).fill('0');
  await page.getByLabel(word('responses', 'reason')).fill('They said so on the phone.');
  await button(word('responses', 'correct.does')).click();
  await seen('0 of 10');
  const records = page
    .locator('section, div', { has: page.getByRole('heading', { name: word('responses', 'onRecords') }) })
    .last();
  await records.getByText(word('parts', 'standing.upToDate')).first().waitFor();
  await records.getByText(word('parts', 'standing.outOfSync')).first().waitFor({ state: 'detached' });
});

test('contacts are sorted by their rating, the worst first', async () => {
  await goTo('/contacts?hasRating=true', word('contacts', 'title'));
  await button('NPS').click();
  await page.waitForURL(/sort=-rating/u);
  // The address changes before the list does, and a button that is drawn again while it is pressed hears nothing.
  await page.locator('th[aria-sort=descending]').waitFor();
  await page.locator('tbody tr').first().getByText(word('metrics', 'category.promoter')).waitFor();
  await button('NPS').click();
  await page.waitForURL(/sort=rating/u);
  await page.locator('tbody tr').first().getByText(word('metrics', 'category.detractor')).waitFor();
});

test('a contact has one timeline, which shows what one wants of it', async () => {
  await openContact('Hana Sato');
  const timeline = page.getByRole('region', { name: word('contacts', 'timeline.title') });
  await timeline
    .getByText(/^Written to /u)
    .first()
    .waitFor();
  await timeline.getByText(word('contacts', 'timeline.groups.answers'), { exact: true }).click();
  await page.waitForURL(/show=answers/u);
  await timeline
    .getByText(/^Written to /u)
    .first()
    .waitFor({ state: 'detached' });
  await timeline
    .getByRole('link', { name: word('contacts', 'timeline.open') })
    .first()
    .waitFor();
});

test('whoever is not to be surveyed is not asked, and the console says why', async () => {
  await openContact('Hana Sato');
  await button(word('contacts', 'actions')).click();
  await page.getByRole('menuitem', { name: word('contacts', 'survey.mayNot') }).click();
  await seen(word('contacts', 'survey.doneMayNot'));
  await button(word('contacts', 'ask.button')).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: word('contacts', 'ask.does') })
    .click();
  await page.getByRole('alert').getByText(word('contacts', 'ask.skipped')).waitFor();
});

test('two contacts become one', async () => {
  await openContact('Emil Costa');
  await button(word('contacts', 'actions')).click();
  await page.getByRole('menuitem', { name: /Merge/u }).click();
  await page.getByLabel(word('contacts', 'merge.into')).fill('Kofi');
  await page.getByRole('option', { name: /Kofi Mensah/u }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: word('contacts', 'merge.does') })
    .click();
  await heading('Kofi Mensah').waitFor();
  await page.getByRole('link', { name: 'emil.costa@northwind.example' }).waitFor();
});

test('a contact is erased only once their name is typed', async () => {
  await openContact('Pia Keller');
  await button(word('contacts', 'actions')).click();
  await page.getByRole('menuitem', { name: /Erase/u }).click();
  const erase = page.getByRole('dialog').getByRole('button', { name: word('contacts', 'erase.does') });
  expect(await erase.isDisabled()).toBe(true);
  await page.getByLabel(/^To be sure/u).fill('Pia Keller');
  await erase.click();
  await heading(word('contacts', 'title')).waitFor();
  await moveTo(page, '/contacts?name=Pia');
  await seen(word('parts', 'nothingMatches'));
});

test('a decision unfolds, and leads to all about its contact', async () => {
  await goTo('/decisions?verdict=skipped', word('decisions', 'title'));
  await button(word('parts', 'unfold')).first().click();
  await seen(word('decisions', 'history'));
  await page.getByRole('link', { name: word('decisions', 'allOfContact') }).click();
  await button(/^Remove filter: One contact/u).click();
  await page.waitForURL(/decisions$/u);
});

test('an event is replayed', async () => {
  await goTo('/events?waiting=false', word('events', 'title'));
  await button(/^Replay /u)
    .first()
    .click();
  await seen(word('events', 'replayed'));
});

test('by keyboard alone one finds a contact', async () => {
  await goTo('/deliveries', word('deliveries', 'title'));
  await page.keyboard.press('Control+k');
  await page.locator('input:focus').waitFor();
  await page.keyboard.type('tara');
  await page.getByRole('button', { name: /Tara Singh/u }).waitFor();
  await page.keyboard.press('Enter');
  await heading('Tara Singh').waitFor();
});

test('whoever may only look is offered nothing else', async () => {
  const guest = await played.enter({ role: 'viewer', where: 'played' }, '/contacts?name=Tara');
  await guest.getByRole('link', { name: 'Tara Singh' }).click();
  await guest.getByRole('heading', { level: 1, name: 'Tara Singh' }).waitFor();
  expect(await guest.getByRole('button', { name: word('contacts', 'ask.button') }).count()).toBe(0);
  await guest.getByRole('button', { name: word('contacts', 'actions') }).click();
  expect(await guest.getByRole('menuitem').allInnerTexts()).toEqual([word('contacts', 'exportData')]);
  await moveTo(guest, '/settings');
  const sections = guest.getByRole('navigation', { name: word('settings', 'sections.label') });
  await sections.getByRole('link', { name: word('settings', 'sections.email') }).waitFor();
  expect(await sections.getByRole('link', { name: /API keys|Audit log/u }).count()).toBe(0);
});
