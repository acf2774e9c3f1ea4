import { beforeAll, expect, it } from 'vitest';
import { parseExposition, valueIn } from '../exposition.ts';
import { apiKey } from './api.ts';
import { addCustomer, answer, emailTo, ratingStands, resolveTicket } from './customers.ts';
import { eventually } from './eventually.ts';
import { describeJourneys, type World } from './world.ts';

async function scrape({ service }: World) {
  const response = await fetch(`${service.url}/metrics`, { headers: { authorization: `Bearer ${apiKey}` } });
  const text = await response.text();
  const samples = parseExposition(text);
  return {
    text,
    value: (name: string, labels: Readonly<Record<string, string>> = {}) => valueIn(samples, name, labels),
    sum: (name: string, labels: Readonly<Record<string, string>>) =>
      samples
        .filter(
          (sample) => sample.name === name && Object.entries(labels).every(([key, of]) => sample.labels[key] === of),
        )
        .reduce((sum, { value }) => sum + value, 0),
  };
}

describeJourneys('the metrics of a service', (open) => {
  let world: World;
  let idle: World;
  beforeAll(async () => {
    world = await open();
    idle = await open();
  });

  it('count what a ticket became, in this service only', async () => {
    const customer = addCustomer(world);
    resolveTicket(world, 'hubspot', customer, 'Robin Reply');
    const { links } = await emailTo(world, customer);
    await answer(world, customer, { rating: 9, comment: 'Quick & kind' });
    await ratingStands(world, customer, 9);

    const scraped = await scrape(world);
    expect(scraped.value('scoreback_emails_total', { email_server: 'usual', outcome: 'sent' })).toBe(1);
    expect(scraped.value('scoreback_responses_confirmed_total', { channel: 'email', metric: 'nps' })).toBe(1);
    expect(scraped.value('scoreback_webhooks_total', { connector: 'hubspot', outcome: 'accepted' })).toBeGreaterThan(0);
    expect(
      scraped.value('scoreback_events_dispatched_total', { connector: 'hubspot', outcome: 'resolved' }),
    ).toBeGreaterThan(0);
    for (const connector of ['hubspot', 'zendesk']) {
      expect(scraped.sum('scoreback_vendor_calls_total', { connector, lane: 'write', outcome: 'ok' })).toBeGreaterThan(
        0,
      );
      expect(scraped.value('scoreback_values_written_total', { connector })).toBeGreaterThan(10);
      expect(scraped.value('scoreback_connections', { connector, status: 'ready' })).toBe(1);
    }
    expect(scraped.value('scoreback_leases')).toBeGreaterThan(0);
    expect(scraped.value('scoreback_jobs', { queue: 'sweep', state: 'ready' })).toBeGreaterThanOrEqual(0);
    expect(scraped.value('process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
    const [, token = ''] = links.flatMap(({ url }) => /\/s\/([^?]+)/u.exec(url) ?? []);
    for (const secret of [customer.email, 'Quick & kind', token, apiKey]) expect(scraped.text).not.toContain(secret);

    const beside = await scrape(idle);
    expect(beside.value('scoreback_emails_total')).toBeUndefined();
    expect(beside.value('scoreback_responses_confirmed_total')).toBeUndefined();
    expect(beside.value('scoreback_connections', { connector: 'hubspot' })).toBe(1);
  });

  it('show that a webhook was refused', async () => {
    const forged = await fetch(`${idle.service.url}/webhooks/hubspot`, { method: 'POST', body: '[]' });
    expect(forged.status).toBe(401);
    await eventually('it is counted', async () => {
      const { value } = await scrape(idle);
      return value('scoreback_webhooks_total', { connector: 'hubspot', outcome: 'untrusted' }) === 1;
    });
  });
});
