import express from 'express';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Simulator } from '../../../src/connector.ts';
import { startPortal, type TestPortal } from './harness.ts';
import { createDay, limitRate } from './rate-limits.ts';
import { answerRefusals } from './refusals.ts';

const objects = '/crm/objects/2026-03';
let portal: TestPortal;
let hubspot: Simulator;
let call: TestPortal['call'];

beforeEach(async () => {
  portal = await startPortal();
  ({ hubspot, call } = portal);
});

afterEach(() => portal.stop());

describe('doors', () => {
  test('open to the token only', async () => {
    const details = '/account-info/2026-03/details';
    expect(await call('GET', details)).toMatchObject({ status: 200, body: { timeZone: 'Asia/Tokyo' } });
    const wrong = await call('GET', details, undefined, { authorization: 'Bearer another' });
    expect(wrong).toMatchObject({ status: 401, body: { status: 'error', category: 'INVALID_AUTHENTICATION' } });
  });

  test('know one version of the API, and no parameter, body field or media type beside their own', async () => {
    expect(await call('GET', '/crm/v3/objects/contacts/1')).toMatchObject({ status: 404 });
    expect(await call('GET', '/crm/objects/2026-09/contacts/1')).toMatchObject({ status: 404 });
    expect(await call('DELETE', `${objects}/contacts/1`)).toMatchObject({ status: 404 });
    expect(await call('GET', `${objects}/contacts/1?propertys=email`)).toMatchObject({ status: 400 });
    expect(await call('POST', `${objects}/contacts`, { property: {} })).toMatchObject({ status: 400 });
    const form = await call('POST', `${objects}/contacts`, {}, { 'content-type': 'text/plain' });
    expect(form).toMatchObject({ status: 415 });
  });

  test('keep every request, the refused ones too', async () => {
    await call('POST', `${objects}/contacts/batch/read`, { inputs: [] });
    expect(hubspot.requests).toEqual([
      {
        method: 'POST',
        path: `${objects}/contacts/batch/read`,
        query: '',
        body: { inputs: [] },
        status: 400,
        at: portal.now(),
      },
    ]);
  });
});

describe('limits', () => {
  test('let a hundred calls through in any ten seconds, and say so', async () => {
    const details = () => call('GET', '/account-info/2026-03/details');
    const { headers } = await details();
    expect(headers.get('x-hubspot-ratelimit-max')).toBe('100');
    expect(headers.get('x-hubspot-ratelimit-remaining')).toBe('99');
    expect(headers.get('x-hubspot-ratelimit-interval-milliseconds')).toBe('10000');
    for (let count = 1; count < 100; count += 1) await details();
    expect(await details()).toMatchObject({ status: 429, body: { policyName: 'TEN_SECONDLY_ROLLING' } });
    portal.pass(9999);
    expect(await details()).toMatchObject({ status: 429 });
    portal.pass(1);
    expect(await details()).toMatchObject({ status: 200 });
  });

  test('let five searches through in a second, without the headers', async () => {
    const search = () => call('POST', `${objects}/contacts/search`, { limit: 10, after: '0' });
    const answers = [await search(), await search(), await search(), await search(), await search(), await search()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers[5]?.body.message).toBe('You have reached your secondly limit.');
    expect(answers[0]?.headers.has('x-hubspot-ratelimit-remaining')).toBe(false);
  });

  test.each([
    ['a search without after', 'contacts/search', { limit: 10 }],
    ['a search without limit', 'contacts/search', { after: '0' }],
    ['a batch that is read without propertiesWithHistory', 'contacts/batch/read', { inputs: [{ id: '1' }] }],
  ])('refuse %s, as the newer versions do', async (_what, path, body) => {
    expect(await call('POST', `${objects}/${path}`, body)).toMatchObject({ status: 400 });
  });

  test('hold for a day of the account', async () => {
    const limits = { burst: 100, daily: 1, searches: 5 };
    const limited = express().use(
      limitRate(portal.now, createDay(portal.now, 'Asia/Tokyo'), limits),
      (_, response) => void response.end(),
    );
    const url = await portal.listen(limited.use(answerRefusals));
    expect((await fetch(url)).status).toBe(200);
    const refused = await fetch(url);
    expect({ status: refused.status, body: await refused.json() }).toMatchObject({
      status: 429,
      body: { policyName: 'DAILY' },
    });
    portal.pass(6 * 3_600_000);
    expect((await fetch(url)).status).toBe(200);
  });
});

describe('disturbances', () => {
  const details = () => call('GET', '/account-info/2026-03/details');

  test('are served in turn, for the calls they mean, until calm', async () => {
    hubspot.disturb({ kind: 'throttle', times: 1, retryAfterSeconds: 7 });
    hubspot.disturb({ kind: 'fail', path: '/account-info' });
    const throttled = await call('POST', `${objects}/contacts/search`, {});
    expect(throttled).toMatchObject({ status: 429, body: { errorType: 'RATE_LIMIT' } });
    expect(throttled.headers.get('retry-after')).toBe('7');
    expect(await details()).toMatchObject({ status: 502, text: expect.stringContaining('<html>') });
    expect(await call('GET', '/crm/pipelines/2026-03/tickets')).toMatchObject({ status: 200 });
    hubspot.disturb({ kind: 'revoke' });
    expect(await call('GET', '/crm/pipelines/2026-03/tickets')).toMatchObject({ status: 401 });
    hubspot.calm();
    expect(await details()).toMatchObject({ status: 200 });
  });

  test('lose the answer to what was done, or do nothing and never answer', async () => {
    const id = hubspot.addContact({ name: 'Ada Byron' });
    const rename = (firstname: string) => call('PATCH', `${objects}/contacts/${id}`, { properties: { firstname } });
    hubspot.disturb({ kind: 'drop', times: 1 });
    await expect(rename('Augusta')).rejects.toThrow('fetch failed');
    expect(hubspot.record(id)?.firstname).toBe('Augusta');
    hubspot.disturb({ kind: 'hang', times: 1 });
    const unanswered = expect(rename('Ada')).rejects.toThrow('fetch failed');
    await expect.poll(() => hubspot.requests.length).toBe(2);
    await hubspot.stop();
    await unanswered;
    expect(hubspot.record(id)?.firstname).toBe('Augusta');
    expect(hubspot.requests.map(({ status }) => status)).toEqual([0, 0]);
  });

  test('poison every write that holds one contact, and no other', async () => {
    const [bad, good] = ['Ada', 'Grace'].map((name) => hubspot.addContact({ name }));
    const input = (id: string | undefined) => ({ id, properties: { lastname: 'New' } });
    const update = (...ids: (string | undefined)[]) =>
      call('POST', `${objects}/contacts/batch/update`, { inputs: ids.map(input) });
    hubspot.disturb({ kind: 'poison', recordId: bad ?? '' });
    expect(await update(good, bad)).toMatchObject({ status: 400, body: { category: 'VALIDATION_ERROR' } });
    expect(hubspot.record(good ?? '')?.lastname).toBeUndefined();
    expect(await update(good)).toMatchObject({ status: 200 });
    const alone = await call('PATCH', `${objects}/contacts/${bad}`, { properties: { lastname: 'New' } });
    expect(alone).toMatchObject({ status: 400 });
  });
});
