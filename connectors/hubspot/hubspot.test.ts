import { expect, it } from 'vitest';
import { describeConnector } from '../../test/contract/suite.ts';
import { now, witnessingTools } from '../../test/contract/tools.ts';
import { harness } from './fixtures/harness.ts';
import { hubspot } from './index.ts';
import { panel } from './panel.ts';

describeConnector(harness);

it('hears with each of its client secrets while they are rotated', async () => {
  const settings = hubspot.settings.parse(harness.environment);
  const secrets = await hubspot.connect(settings, witnessingTools()).webhookSecrets?.();
  expect(secrets).toEqual(['made-up-client-secret', 'made-up-older-secret']);
  const { deliver, bodies } = harness.webhooks ?? expect.unreachable();
  const signedBefore = deliver(bodies.irrelevant, 'made-up-older-secret', now);
  expect(hubspot.webhooks?.verify(signedBefore, secrets ?? [], now)).toBe('made-up-older-secret');
});

it('takes the address of the API with a path and a slash too many, and no other kind of address', () => {
  const given = (url: string) => hubspot.settings.safeParse({ HUBSPOT_API_BASE_URL: url });
  expect(given('http://127.0.0.1:3000/sandbox/hubspot/').data?.HUBSPOT_API_BASE_URL).toBe(
    'http://127.0.0.1:3000/sandbox/hubspot',
  );
  expect(given('ftp://127.0.0.1').success).toBe(false);
  expect(hubspot.settings.parse({}).HUBSPOT_API_BASE_URL).toBe('https://api.hubapi.com');
});

it('does not read a panel’s address in which the card itself names account or agent', () => {
  const { request } = harness.panel ?? expect.unreachable();
  const genuine = request({ kind: 'contact', id: '4711' }, 'made-up-client-secret', now);
  const claimed = { ...genuine, url: genuine.url.replace('?', '?portalId=34&') };
  expect(() => panel.read(claimed)).toThrow(
    expect.objectContaining({
      problems: [{ field: 'portalId', message: { code: 'field.used_twice', params: { value: 'portalId' } } }],
    }),
  );
});
