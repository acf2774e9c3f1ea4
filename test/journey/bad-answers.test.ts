import { beforeAll, expect, it } from 'vitest';
import { api } from './api.ts';
import {
  addCustomer,
  type Customer,
  emailTo,
  ratingLink,
  ratingStands,
  recordIn,
  resolveTicket,
  submit,
} from './customers.ts';
import { describeInFolder, type World } from './world.ts';

describeInFolder('an answer', (open) => {
  let world: World;
  beforeAll(async () => {
    world = await open();
  });

  const invite = async (customer: Customer = addCustomer(world)) => {
    const ticket = resolveTicket(world, 'zendesk', customer);
    const sentEmail = await emailTo(world, customer);
    return { customer, ticket, sentEmail, link: ratingLink(sentEmail, 9) };
  };
  const responses = async (customer: Customer) =>
    (await api(world).read(`responses?email=${encodeURIComponent(customer.email)}`)).items;

  it('is not what an email scanner does: every link opened, by GET and by HEAD, leaves no score', async () => {
    const { customer, sentEmail } = await invite();
    for (const { url } of sentEmail.links.filter((link) => link.url.includes('/s/'))) {
      expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
      expect((await fetch(url)).status).toBe(200);
    }
    expect(await responses(customer)).toEqual([]);
    // Whoever comes after the scanner still chooses freely.
    expect((await submit(ratingLink(sentEmail, 2), { rating: 2 })).status).toBe(200);
    await ratingStands(world, customer, 2);
    expect(recordIn(world, 'hubspot', customer)).toMatchObject({ nps_response_count: '1' });
  });

  it.each(['11', '-1', '', '9.5', 'nine', '1e1', '09 or so'])(
    'with the rating %j is asked for again',
    async (rating) => {
      const { customer, link } = await invite();
      const answered = await submit(link, { rating, comment: 'Kept in the box' });
      expect(answered.status).toBe(400);
      expect(await answered.text()).toContain('Kept in the box');
      expect(await responses(customer)).toEqual([]);
    },
  );

  it('without a body, or with one that is no form, is asked for again', async () => {
    const { customer, link } = await invite();
    expect((await fetch(link, { method: 'POST' })).status).toBe(400);
    const json = { method: 'POST', body: '{"rating":9}', headers: { 'content-type': 'application/json' } };
    expect((await fetch(link, json)).status).toBe(400);
    expect((await fetch(link, { method: 'POST', body: new URLSearchParams('rating[x]=9&rating=') })).status).toBe(400);
    expect(await responses(customer)).toEqual([]);
  });

  it('through a link that is not ours opens nothing', async () => {
    const { link } = await invite();
    const { origin, pathname } = new URL(link);
    const token = pathname.slice('/s/'.length);
    const tampered = [
      'unknown',
      'a'.repeat(5000),
      `${token}x`,
      token.slice(0, -1),
      `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`,
      `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      '%00',
      '%F0%9F%92%A9',
      encodeURIComponent('../../api/decisions'),
      '%',
    ];
    for (const other of tampered) {
      for (const method of ['GET', 'POST']) {
        for (const surveyPages of ['s', 'u']) {
          const answered = await fetch(`${origin}/${surveyPages}/${other}`, { method });
          expect([400, 404]).toContain(answered.status);
        }
      }
    }
    // The survey's token does not open the way out of all surveys.
    expect((await fetch(`${origin}/u/${token}`, { method: 'POST' })).status).toBe(404);
  });

  it('with a comment of 100 kB is told how long it may be, and keeps what was written', async () => {
    const { customer, link } = await invite();
    const comment = 'word '.repeat(20_000);
    const answered = await submit(link, { rating: 9, comment });
    expect(answered.status).toBe(400);
    expect(await answered.text()).toContain('word word word');
    expect(await responses(customer)).toEqual([]);
    expect((await submit(link, { rating: 9, comment: 'y'.repeat(2_000_000) })).status).toBe(413);
  });

  it('with markup, emoji and control characters is stored clean and shown as text', async () => {
    const name = '<b>Ünïcödé</b> & "Sons" 👩‍👩‍👧';
    const { customer, link, sentEmail } = await invite(addCustomer(world, { name }));
    expect(sentEmail.html).not.toContain('<b>Ünïcödé');
    const comment = '<script>alert(1)</script>\u0000 \u0007👍🏽 naïve\r\nline two \ud800';
    const answered = await submit(link, { rating: 9, comment });
    expect(answered.status).toBe(200);
    const page = await answered.text();
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&lt;script&gt;alert(1)');
    await ratingStands(world, customer, 9);
    const clean = '<script>alert(1)</script> 👍🏽 naïve\nline two \ufffd';
    for (const vendor of ['hubspot', 'zendesk'] as const) {
      expect(recordIn(world, vendor, customer).nps_latest_comment).toBe(clean);
    }
  });

  it('of nobody we know, by a method we do not know, is never a failure of ours', async () => {
    const { link } = await invite();
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      expect((await fetch(link, { method })).status).toBeLessThan(500);
    }
    for (const path of ['/', '/nothing', '/api/decisions', '/api/nothing', '/s/', '/u', '//', '/%']) {
      expect((await fetch(`${world.service.url}${path}`)).status).toBeLessThan(500);
    }
    expect(world.service.logged('request.failed')).toEqual([]);
  });
});
