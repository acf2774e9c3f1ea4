import { beforeAll, expect, it } from 'vitest';
import { panel as ofHubspot } from '../../connectors/hubspot/panel.ts';
import { claimsAt, token } from '../../connectors/zendesk/fixtures/panel-harness.ts';
import { panel as ofZendesk } from '../../connectors/zendesk/panel.ts';
import { sign } from '../../src/model/signature.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { panelSecret } from '../flows/vendor.ts';
import { day } from '../flows/world.ts';
import { type Served, serve } from './served.ts';

type Record = { kind: 'contact' | 'ticket'; id: string };

describeOnEachDatabase('the panel', (open) => {
  let service: Served;
  let lastId = 4710;

  beforeAll(async () => {
    service = await serve(await open(), {
      vendors: ['zendesk', 'hubspot'],
      panels: { zendesk: ofZendesk, hubspot: ofHubspot },
      languages: ['en', 'de', 'ar'],
      surveys: [{ quietPeriod: 'P30D' }],
    });
  });

  const newId = () => String(++lastId);
  const carried = (record: Record | undefined, claims: object = {}, secret = panelSecret) =>
    token(secret, {
      ...claimsAt(service.clock(), record),
      aud: `${service.url}/panel/zendesk`,
      locale: 'en',
      ...claims,
    });

  async function answerOf(response: Response) {
    const text = await response.text();
    const isJson = /json/u.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
  }

  async function call(
    method: string,
    path: string,
    { record, claims, body }: { record?: Record; claims?: object; body?: object } = {},
  ) {
    const headers = { authorization: `Bearer ${carried(record, claims)}`, 'content-type': 'application/json' };
    return answerOf(
      await fetch(`${service.url}/panel/zendesk${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  }

  const framed = async (path: string, form: { [name: string]: string }) =>
    answerOf(
      await fetch(`${service.url}/panel/zendesk${path}`, {
        method: 'POST',
        headers: { accept: 'text/html' },
        body: new URLSearchParams(form),
      }),
    );

  async function hubspot(method: string, path: string, { objectTypeId = '0-1', objectId = '' }, body?: object) {
    const account = service.vendors[1]?.account;
    const query = `objectTypeId=${objectTypeId}&objectId=${objectId}&userId=77&portalId=${account}&appId=5`;
    const url = `${service.url}/panel/hubspot${path}?${query}`;
    const sent = body === undefined ? '' : JSON.stringify(body);
    const timestamp = String(service.clock().getTime());
    const headers = {
      'content-type': 'application/json',
      'x-hubspot-signature-v3': sign(panelSecret, method, url, sent, timestamp),
      'x-hubspot-request-timestamp': timestamp,
    };
    return answerOf(await fetch(url, { method, headers, ...(body === undefined ? {} : { body: sent }) }));
  }

  const addRecord = () => service.vendor.addContact({ id: newId(), name: 'Ann' });
  const answered = async (rating: number, comment: string) => {
    const requester = addRecord();
    const { sentEmail, ticketId, email } = await service.asked({ id: newId(), requester });
    await service.answer(sentEmail, rating, comment);
    return {
      record: { kind: 'contact', id: requester.id } as const,
      ticket: { kind: 'ticket', id: ticketId } as const,
      email,
    };
  };

  it('shows the answers beside the contact and beside their ticket, and from when they may be asked again', async () => {
    const { record, ticket } = await answered(9, 'Well done');
    const { status, headers, body } = await call('GET', '', { record: record });
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toMatchObject({
      language: { tag: 'en', direction: 'ltr' },
      known: true,
      user_fields: { nps_latest_rating: 9, nps_latest_category: 'nps_promoter', nps_trend: 'nps_first' },
      history: [
        {
          ...{ metric: 'nps', rating: 9, highest: 10, category: 'promoter', comment: 'Well done', counts: true },
          ticket: { id: ticket.id, system: 'zendesk', here: true },
        },
      ],
      next: {
        when: 'from',
        reason: 'quiet_period',
        sentence: expect.stringMatching(/^May be asked again from December \d+, 2026\.$/u),
      },
      doNotSurvey: false,
      // As the vendor told it when the account was last looked at: its card links there.
      host: 'pages.example',
    });
    expect((await call('GET', '', { record: ticket })).body).toEqual(body);
    expect((await call('POST', '', { record: ticket })).body).toEqual(body);
  });

  it('speaks the language of the agent, else that of who works here', async () => {
    const { id } = addRecord();
    const record = { kind: 'contact', id } as const;
    expect((await call('GET', '', { record, claims: { locale: 'de-AT' } })).body.next.sentence).toBe(
      'Kann jetzt gefragt werden.',
    );
    expect((await call('GET', '', { record, claims: { locale: 'ja' } })).body.language.tag).toBe('en');
  });

  it('shows five answers at most, and none that does not count without saying so', async () => {
    const { record, email } = await answered(3, 'One');
    const { items } = await service.read(`/responses?email=${email}`);
    await service.call('POST', `/responses/${items[0].id}/retract`, { body: { reason: 'A slip.' } });
    expect((await call('GET', '', { record: record })).body).toMatchObject({
      history: [{ rating: 3, counts: false }],
      user_fields: { nps_latest_rating: null },
    });
  });

  it('says so of a contact who is not known here, and reads the vendor only for a ticket it does not know', async () => {
    const stranger = service.vendor.addContact({ id: newId() });
    service.vendor.calls.length = 0;
    expect((await call('GET', '', { record: { kind: 'contact', id: stranger.id } })).body).toMatchObject({
      known: false,
      history: [],
      next: { when: 'now' },
    });
    expect(service.vendor.calls).toEqual([]);
    const ticket = service.vendor.addTicket({ id: newId(), requester: stranger });
    expect((await call('GET', '', { record: { kind: 'ticket', id: ticket.id } })).body.known).toBe(false);
    expect(service.vendor.calls).toEqual([{ call: 'find ticket', ids: [ticket.id] }]);
  });

  it('asks when an agent wants it, by the usual rules, once a press', async () => {
    const stranger = addRecord();
    const record = { kind: 'contact', id: stranger.id } as const;
    const press = () => call('POST', '/ask', { record, body: { key: 'press 1' } });
    const { body } = await press();
    expect(body).toMatchObject({
      known: true,
      outcome: { verdict: 'asked', sentence: 'The survey will be sent by email.' },
      next: { when: 'from', reason: 'under_way', sentence: 'A survey is already on its way.' },
    });
    expect((await press()).body.outcome.verdict).toBe('asked');
    await service.pass(day);
    expect(service.fakeEmailServer.to(stranger.email ?? '')).toHaveLength(1);
    expect((await service.read(`/decisions?email=${stranger.email}`)).items).toMatchObject([
      { requestedBy: 'agent', verdict: 'asked' },
    ]);
    const again = await call('POST', '/ask', { record, body: { key: 'press 2' } });
    expect(again.body.outcome).toMatchObject({ verdict: 'skipped', reason: 'quiet_period' });
    expect(again.body.outcome.sentence).toMatch(/^May be asked again from/u);
    expect((await service.read('/audit?action=contact.ask')).items[0]).toMatchObject({
      actor: 'zendesk agent 77',
      detail: { verdict: 'skipped' },
    });
  });

  it('leaves a contact in peace, and lets it be taken back', async () => {
    const { id } = addRecord();
    const record = { kind: 'contact', id } as const;
    expect((await call('POST', '/do-not-survey', { record, body: {} })).body).toMatchObject({
      doNotSurvey: true,
      next: { when: 'never', reason: 'do_not_survey' },
    });
    const asked = await call('POST', '/ask', { record, body: {} });
    expect(asked.body.outcome).toMatchObject({ verdict: 'skipped', reason: 'do_not_survey' });
    const back = await call('POST', '/do-not-survey', { record, body: { doNotSurvey: false } });
    expect(back.body).toMatchObject({ doNotSurvey: false, next: { when: 'now' } });
    const { items } = await service.read('/audit?action=contact.change');
    expect(items.slice(0, 2)).toMatchObject([
      { actor: 'zendesk agent 77', detail: { fields: ['doNotSurvey'] } },
      { actor: 'zendesk agent 77' },
    ]);
  });

  it('names what it cannot take', async () => {
    const record = { kind: 'contact', id: addRecord().id } as const;
    for (const [field, path, given] of [
      ['ticket', '', {}],
      ['doNotSurvey', '/do-not-survey', { record, body: { doNotSurvey: 'yes' } }],
      ['survey', '/ask', { record, body: { survey: 'nowhere' } }],
      ['contact', '/do-not-survey', { record: { kind: 'contact', id: '999999' } as const, body: {} }],
    ] as const) {
      const { status, body } = await call('POST', path, given);
      expect([status, body.problems]).toMatchObject([400, [{ field }]]);
    }
    expect((await call('POST', '/ask', { record, body: { surprise: 1 } })).status).toBe(400);
    expect((await answerOf(await fetch(`${service.url}/panel/nowhere`))).status).toBe(404);
  });

  it.each([
    ['no token', undefined],
    ['another secret', () => carried({ kind: 'contact', id: '1' }, {}, 'made-up-0123456789abcdef0123456789abcd')],
    [
      'another address',
      () => carried({ kind: 'contact', id: '1' }, { aud: 'https://elsewhere.example/panel/zendesk' }),
    ],
    ['a token that has ended', () => carried({ kind: 'contact', id: '1' }, { exp: 1_700_000_000 })],
  ])('shows nothing to who comes with %s', async (_what, make) => {
    const { status, body } = await answerOf(
      await fetch(`${service.url}/panel/zendesk`, make ? { headers: { authorization: `Bearer ${make()}` } } : {}),
    );
    expect([status, body.code]).toEqual([401, 'untrusted_webhook']);
  });

  it('is a page where a form opens it in a frame, which only the vendor may be around', async () => {
    const { record } = await answered(2, '<b>Too slow</b>');
    const given = carried(record);
    const { status, headers, text } = await framed('', { token: given });
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toMatch(
      /frame-ancestors https:\/\/\*\.zendesk\.com https:\/\/\*\.apps\.zdusercontent\.com$/u,
    );
    expect(headers.get('x-frame-options')).toBeNull();
    expect(text).toContain('&lt;b&gt;Too slow&lt;/b&gt;');
    const marked = await framed('/do-not-survey', { token: given, doNotSurvey: 'true' });
    expect(marked.text).toContain('Allow surveys again');
    const refused = await framed('', { token: 'x.y.z' });
    expect([refused.status, refused.text]).toEqual([401, expect.stringContaining('tell your administrator')]);
  });

  it('answers the card in HubSpot, which names account and agent in a signed address', async () => {
    const vendor = service.vendors[1] as Served['vendor'];
    const requester = vendor.addContact({ id: newId() });
    const { sentEmail, ticketId } = await service.asked({ id: newId(), requester }, vendor);
    await service.answer(sentEmail, 7, 'Fine');
    const shown = await hubspot('GET', '', { objectTypeId: '0-5', objectId: ticketId });
    expect(shown.body).toMatchObject({
      properties: { nps_latest_rating: '7', nps_latest_category: 'passive' },
      history: [{ comment: 'Fine', ticket: { system: 'hubspot', here: true } }],
    });
    const marked = await hubspot('POST', '/do-not-survey', { objectId: requester.id }, { doNotSurvey: true });
    expect(marked.body.doNotSurvey).toBe(true);
    expect((await service.read('/audit?action=contact.change')).items[0]).toMatchObject({ actor: 'hubspot agent 77' });
  });
});
