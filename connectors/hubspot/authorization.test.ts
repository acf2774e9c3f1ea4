import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everythingIn, leaks, now } from '../../test/contract/tools.ts';
import { createAuthorization } from './authorization.ts';
import { type Portal, startPortal } from './fixtures/portal.ts';
import { hubspot } from './index.ts';
import { optionalScopes, requiredScopes } from './scopes.ts';

const redirectUrl = 'https://feedback.example.com/oauth/hubspot/callback';
const minutes = 60_000;
let portal: Portal;
beforeEach(async () => {
  portal = await startPortal();
});
afterEach(() => portal.stop());

const authorization = () =>
  createAuthorization(hubspot.settings.parse(portal.environment), portal.tools) ?? expect.unreachable();

/** What the browser comes back with once the admin has consented. */
async function consent() {
  const response = await fetch(authorization().url({ redirectUrl, state: 'made-up state' }), { redirect: 'manual' });
  const back = new URL(response.headers.get('location') ?? '');
  expect(back.searchParams.get('state')).toBe('made-up state');
  return back.searchParams.get('code') ?? '';
}

async function authorized() {
  const { credentials } = await authorization().exchange({ code: await consent(), redirectUrl });
  return portal.connect({ authorized: true }, { authorization: credentials });
}

const paths = () => portal.simulator.requests.map(({ path }) => path);
const tokenRequests = () => paths().filter((path) => path === '/oauth/2026-03/token').length;
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable(),
    (failure: unknown) => failure,
  );

describe('consenting', () => {
  it('sends people to HubSpot with every scope, and spaces that HubSpot reads as such', () => {
    const settings = hubspot.settings.parse({
      HUBSPOT_CLIENT_ID: 'made-up-id',
      HUBSPOT_CLIENT_SECRET: 'made-up-secret',
    });
    const address = hubspot.authorization?.(settings, portal.tools)?.url({ redirectUrl, state: 's' }) ?? '';
    const url = new URL(address);
    expect(url.origin + url.pathname).toBe('https://app.hubspot.com/oauth/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'made-up-id',
      redirect_uri: redirectUrl,
      scope: requiredScopes.join(' '),
      optional_scope: optionalScopes.join(' '),
      state: 's',
    });
    expect(address).not.toContain('+');
    expect(address).not.toContain('made-up-secret');
  });

  it('is nothing that a token alone could offer', () => {
    const settings = hubspot.settings.parse({ HUBSPOT_ACCESS_TOKEN: 'made-up-token' });
    expect(hubspot.authorization?.(settings, portal.tools)).toBeUndefined();
  });

  it('tells whose account it is, and takes a code once', async () => {
    const code = await consent();
    const { account } = await authorization().exchange({ code, redirectUrl });
    expect(account).toBe((await portal.provisioning.check()).account);
    expect(await failureOf(authorization().exchange({ code, redirectUrl }))).toMatchObject({
      code: 'upstream_refused',
      why: { code: 'hubspot.code_refused', params: { said: expect.stringContaining('BAD_AUTH_CODE') } },
    });
  });

  it('says so when the application is not the right one', async () => {
    const settings = { ...portal.environment, HUBSPOT_CLIENT_SECRET: 'made-up-other-secret' };
    const other = createAuthorization(hubspot.settings.parse(settings), portal.tools) ?? expect.unreachable();
    const failure = await failureOf(other.exchange({ code: await consent(), redirectUrl }));
    expect(failure).toMatchObject({ why: { code: 'hubspot.application_refused' } });
    expect(leaks([everythingIn(failure)], ['made-up-other-secret'])).toEqual([]);
  });
});

describe('a connection that came about by consent', () => {
  it('uses its own token, and hears the webhooks of the app that it shares', async () => {
    const { provisioning, webhookSecrets } = await authorized();
    expect((await provisioning.check()).account).toMatch(/^\d+$/u);
    expect(await webhookSecrets?.()).toEqual([portal.environment.HUBSPOT_CLIENT_SECRET]);
    expect(tokenRequests()).toBe(1);
  });

  it('renews its tokens after four fifths of their life, once for all calls, and keeps the new refresh token', async () => {
    const { contacts, tools } = await authorized();
    const read = () => contacts.find({ ids: ['1'] });
    portal.passes(24 * minutes - 1000);
    await read();
    expect(tokenRequests()).toBe(1);
    portal.passes(1000);
    await Promise.all([read(), read(), read()]);
    expect(tokenRequests()).toBe(2);
    // The simulator takes each refresh token once: the second renewal succeeds only with the one of the first.
    portal.passes(25 * minutes);
    await read();
    expect(tokenRequests()).toBe(3);
    expect(tools.breaches).toEqual([]);
  });

  it('renews them once when they are refused before that', async () => {
    const { contacts } = await authorized();
    portal.simulator.expireToken?.();
    expect(await contacts.find({ ids: ['1'] })).toEqual([]);
    expect(tokenRequests()).toBe(2);
  });

  it('takes up what another process has renewed', async () => {
    const first = await authorized();
    const second = hubspot.connect(hubspot.settings.parse(portal.environment), first.tools);
    await second.contacts?.find({ ids: ['1'] });
    portal.passes(25 * minutes);
    await first.contacts.find({ ids: ['1'] });
    await second.contacts?.find({ ids: ['1'] });
    expect(tokenRequests()).toBe(2);
  });

  it('is refused as a whole once the consent is revoked, with what to do', async () => {
    const { contacts, provisioning, tools } = await authorized();
    portal.simulator.uninstall();
    const failure = await failureOf(contacts.find({ ids: ['1'] }));
    expect(failure).toMatchObject({
      code: 'upstream_refused',
      concerns: 'connection',
      why: { code: 'hubspot.consent_withdrawn' },
    });
    const saved = JSON.parse((await tools.credentials.read('authorization')) ?? '{}');
    const secrets = [saved.accessToken, saved.refreshToken, portal.environment.HUBSPOT_CLIENT_SECRET ?? ''];
    expect(leaks([everythingIn(failure), ...tools.logged], secrets)).toEqual([]);
    expect((await provisioning.check()).findings).toMatchObject([{ about: { kind: 'credentials' }, state: 'blocked' }]);
  });

  it('waits while HubSpot gives no tokens for the moment', async () => {
    const { contacts } = await authorized();
    portal.passes(25 * minutes);
    portal.simulator.disturb({ kind: 'fail', path: '/oauth', times: 1 });
    expect(await failureOf(contacts.find({ ids: ['1'] }))).toMatchObject({
      code: 'upstream_busy',
      outcome: 'not_done',
    });
    expect(await contacts.find({ ids: ['1'] })).toEqual([]);
  });

  it('without tokens asks for a new consent', async () => {
    const { contacts } = portal.connect({ authorized: true });
    expect(await failureOf(contacts.find({ ids: ['1'] }))).toMatchObject({ code: 'upstream_refused' });
    expect(portal.clock()).toEqual(now);
  });

  it('is taken away without a trace', async () => {
    const { provisioning } = await authorized();
    expect(await provisioning.remove?.({ fields: false })).toMatchObject([
      { about: { kind: 'webhook' }, state: 'removed' },
    ]);
    expect(paths()).toContain('/appinstalls/2026-03/external-install');
    expect(await provisioning.remove?.({ fields: false })).toMatchObject([
      { about: { kind: 'credentials' }, state: 'blocked' },
    ]);
  });
});
