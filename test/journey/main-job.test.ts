import { beforeAll, expect, it } from 'vitest';
import { golden, sortedJson } from '../golden/golden.ts';
import {
  addCustomer,
  answer,
  emailTo,
  ratingLink,
  ratingStands,
  recordIn,
  resolveTicket,
  submit,
} from './customers.ts';
import { eventually } from './eventually.ts';
import { describeJourneys, type World } from './world.ts';

describeJourneys('a resolved ticket becomes a score on the record', (open) => {
  let world: World;
  /** What the vendors have after an answer, by where its ticket was resolved. */
  const seen: Record<string, object> = {};
  beforeAll(async () => {
    world = await open();
  });

  it.each(['hubspot', 'zendesk'] as const)('resolved in %s, answered, on both records', async (source) => {
    const customer = addCustomer(world);
    const ticket = resolveTicket(world, source, customer, 'Robin Reply');
    const began = Date.now();
    const sentEmail = await emailTo(world, customer);
    const unsubscribe = sentEmail.headers.find(({ name }) => name === 'list-unsubscribe')?.value;
    const numbers = sentEmail.links.filter(({ text }) => /^\d+$/u.test(text));
    expect(numbers.map(({ text }) => text)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(new Set(numbers.map(({ url }) => url)).size).toBe(11);
    expect(numbers.every(({ url }) => url.startsWith(`${world.service.url}/s/`))).toBe(true);
    expect(unsubscribe).toContain(`${world.service.url}/u/`);
    expect(sentEmail.html).toContain(`${world.service.url}/u/`);

    await answer(world, customer, { rating: 9, comment: 'Quick & kind' });
    await ratingStands(world, customer, 9);

    const onHubspot = recordIn(world, 'hubspot', customer);
    expect(onHubspot).toMatchObject({
      nps_latest_rating: '9',
      nps_latest_category: 'promoter',
      nps_latest_comment: 'Quick & kind',
      nps_response_count: '1',
      nps_trend: 'first',
      nps_latest_survey: 'after-ticket',
      nps_latest_ticket: expect.stringContaining(ticket),
      nps_latest_agent: 'Robin Reply',
      feedback_last_change: 'answered',
    });
    expect(onHubspot.nps_previous_rating || undefined).toBeUndefined();
    expect(timestampOf(onHubspot.nps_latest_date)).toBeGreaterThanOrEqual(began - 1000);
    expect(timestampOf(onHubspot.nps_latest_date)).toBeLessThanOrEqual(Date.now());
    expect(timestampOf(onHubspot.feedback_last_asked_date)).toBeLessThanOrEqual(timestampOf(onHubspot.nps_latest_date));

    const onZendesk = recordIn(world, 'zendesk', customer);
    expect(onZendesk).toMatchObject({
      nps_latest_rating: 9,
      nps_latest_category: 'nps_promoter',
      nps_latest_comment: 'Quick & kind',
      nps_response_count: 1,
      nps_previous_rating: null,
      nps_trend: 'nps_first',
      nps_latest_survey: 'after-ticket',
      nps_latest_ticket: expect.stringContaining(ticket),
      nps_latest_agent: 'Robin Reply',
      feedback_last_change: 'change_answered',
    });
    expect(String(onZendesk.nps_latest_date).slice(0, 10)).toBe(String(onHubspot.nps_latest_date).slice(0, 10));

    const marks = await eventually('the ticket is marked', () => {
      const found = world[source].marks?.(ticket);
      return JSON.stringify(found).includes('promoter') && found;
    });
    const ids = { [ticket]: '(ticket)', [customer.hubspot]: '(contact)', [customer.email]: '(email)' };
    seen[source] = withoutTimestamps({ contact: { hubspot: onHubspot, zendesk: onZendesk }, ticket: marks }, ids);
  });

  it('everything that stands on records and tickets then is the golden one', async () => {
    await golden('records.json', sortedJson(seen));
  });

  it('a second answer moves previous, trend and count, and without a comment clears the comment', async () => {
    const customer = addCustomer(world);
    resolveTicket(world, 'zendesk', customer);
    await answer(world, customer, { rating: 9, comment: 'Lovely' });
    await ratingStands(world, customer, 9);
    const first = timestampOf(recordIn(world, 'hubspot', customer).nps_latest_date);
    const second = resolveTicket(world, 'hubspot', customer);
    await answer(world, customer, { rating: 4, sentEmail: 2 });
    await ratingStands(world, customer, 4);

    const onHubspot = recordIn(world, 'hubspot', customer);
    expect(onHubspot).toMatchObject({
      nps_latest_category: 'detractor',
      nps_response_count: '2',
      nps_previous_rating: '9',
      nps_trend: 'down',
      nps_latest_ticket: expect.stringContaining(second),
      feedback_last_change: 'answered',
    });
    expect(onHubspot.nps_latest_comment || undefined).toBeUndefined();
    expect(timestampOf(onHubspot.nps_latest_date)).toBeGreaterThan(first);
    const onZendesk = recordIn(world, 'zendesk', customer);
    expect(onZendesk).toMatchObject({
      nps_latest_category: 'nps_detractor',
      nps_response_count: 2,
      nps_previous_rating: 9,
      nps_trend: 'nps_down',
    });
    expect(onZendesk.nps_latest_comment || undefined).toBeUndefined();
  });

  it('a change of mind keeps link, count and trend, and moves the date', async () => {
    const customer = addCustomer(world);
    resolveTicket(world, 'zendesk', customer);
    const link = await answer(world, customer, { rating: 3 });
    await ratingStands(world, customer, 3);
    const first = timestampOf(recordIn(world, 'hubspot', customer).nps_latest_date);
    expect((await submit(link, { rating: 8, comment: 'On reflection' })).status).toBe(200);
    await ratingStands(world, customer, 8);

    const onHubspot = recordIn(world, 'hubspot', customer);
    expect(onHubspot).toMatchObject({
      nps_latest_category: 'passive',
      nps_latest_comment: 'On reflection',
      nps_response_count: '1',
      nps_trend: 'first',
    });
    expect(onHubspot.nps_previous_rating || undefined).toBeUndefined();
    expect(timestampOf(onHubspot.nps_latest_date)).toBeGreaterThan(first);
    expect(recordIn(world, 'zendesk', customer)).toMatchObject({ nps_response_count: 1, nps_trend: 'nps_first' });
  });

  it('a late comment joins the rating and leaves date and count alone', async () => {
    const customer = addCustomer(world);
    resolveTicket(world, 'zendesk', customer);
    await answer(world, customer, { rating: 7 });
    await ratingStands(world, customer, 7);
    const { nps_latest_date: date } = recordIn(world, 'hubspot', customer);
    const other = ratingLink(await emailTo(world, customer), 7);
    await submit(other, { rating: 7, comment: 'One more thing' });
    for (const vendor of ['hubspot', 'zendesk'] as const) {
      await eventually(
        `the comment stands in ${vendor}`,
        () => recordIn(world, vendor, customer).nps_latest_comment === 'One more thing',
      );
    }
    expect(recordIn(world, 'hubspot', customer)).toMatchObject({ nps_latest_date: date, nps_response_count: '1' });
  });
});

/** The values with a placeholder for each id, and noughts in what a run has of its own: the form of a moment stays. */
function withoutTimestamps(values: object, ids: Readonly<Record<string, string>>): object {
  const timestamp = /\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?/gu;
  const found = Object.entries(ids).reduce((text, [id, name]) => text.replaceAll(id, name), JSON.stringify(values));
  return JSON.parse(found.replaceAll(timestamp, (text) => text.replaceAll(/\d/gu, '0')));
}

function timestampOf(value: unknown): number {
  return new Date(/^\d+$/u.test(String(value)) ? Number(value) : String(value)).getTime();
}
