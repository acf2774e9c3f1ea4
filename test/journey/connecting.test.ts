import { beforeAll, describe, expect, it } from 'vitest';
import { apiKey } from './api.ts';
import { eventually } from './eventually.ts';
import { type ServiceProcess, startHere } from './launch.ts';
import { describeInFolder, type World } from './world.ts';
import { callZendesk } from './zendesk-admin.ts';

type Connection = { id: string; connector: string; status: string; account: string; findings: readonly Finding[] };
type Finding = { about: object; title: string; state: string };

describeInFolder('connecting', (open) => {
  let world: World;
  let service: ServiceProcess;
  beforeAll(async () => {
    world = await open();
    service = world.service;
  });

  const call = (method: string, path: string, body?: object) =>
    fetch(`${service.url}/api/${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const connectionOf = async (connector: string): Promise<Connection | undefined> => {
    const { items } = (await (await call('GET', 'connections')).json()) as { items: readonly Connection[] };
    return items.find((item) => item.connector === connector);
  };
  const readyConnection = (connector: string) =>
    eventually(`${connector} is ready`, async () => {
      const found = await connectionOf(connector);
      return found?.status === 'ready' && found;
    });
  const disconnect = async (connector: string, query = '') => {
    const response = await call('DELETE', `connections/${(await readyConnection(connector)).id}${query}`);
    expect(response.status).toBe(200);
    return ((await response.json()) as { findings: readonly Finding[] }).findings;
  };

  describe('ends a connection', () => {
    it('that there is; any other is not found', async () => {
      for (const id of ['00000000-0000-4000-8000-000000000000', 'nonsense']) {
        expect((await call('DELETE', `connections/${id}`)).status).toBe(404);
        expect((await call('POST', `connections/${id}/check`)).status).toBe(404);
      }
      const { id } = await readyConnection('zendesk');
      expect((await call('DELETE', `connections/${id}?fields=some`)).status).toBe(400);
      expect(await connectionOf('zendesk')).toMatchObject({ id, status: 'ready' });
    });

    it('after a repair of it, without its webhook and with its fields', async () => {
      const { id } = await readyConnection('zendesk');
      const [webhook] = await listAtZendesk(world, 'webhooks');
      await callZendesk(world, 'DELETE', `webhooks/${webhook?.id}`);
      expect((await call('POST', `connections/${id}/repair`)).status).toBe(200);
      await eventually('the webhook is there again', async () => (await listAtZendesk(world, 'webhooks')).length === 1);
      const fields = await listAtZendesk(world, 'user_fields');
      expect(fields.length).toBeGreaterThan(0);

      expect(await disconnect('zendesk')).toMatchObject([{ about: { kind: 'webhook' }, state: 'removed' }]);
      expect(await listAtZendesk(world, 'webhooks')).toEqual([]);
      expect(await listAtZendesk(world, 'user_fields')).toEqual(fields);
      expect(await connectionOf('zendesk')).toBeUndefined();
      expect((await call('DELETE', `connections/${id}`)).status).toBe(404);
      expect((await call('POST', `connections/${id}/check`)).status).toBe(404);
    });

    it('of the environment until the next start, then with its fields', async () => {
      await service.stop();
      await world.start();
      service = world.service;
      expect(await listAtZendesk(world, 'webhooks')).toHaveLength(1);
      const findings = await disconnect('zendesk', '?fields=remove');
      expect(findings.filter(({ state }) => state !== 'removed')).toEqual([]);
      expect(await listAtZendesk(world, 'user_fields')).toEqual([]);
      expect(await listAtZendesk(world, 'webhooks')).toEqual([]);
      expect(await connectionOf('zendesk')).toBeUndefined();
    });
  });

  describe('by consent', () => {
    beforeAll(async () => {
      await disconnect('hubspot');
      await service.stop();
      service = await startHere({ ...world.environment, HUBSPOT_ACCESS_TOKEN: '' });
      const named = await call('PATCH', 'workspace', { name: '<Acme> Ltd' });
      expect(named.status).toBe(200);
      return async () => void (await service.stop());
    });

    const begin = async () => {
      const response = await call('POST', 'authorizations', { connector: 'hubspot' });
      expect(response.status).toBe(201);
      return ((await response.json()) as { url: string }).url;
    };
    /** What the admin's browser holds once HubSpot has sent it back: where to, and the cookie for that. */
    const consent = async () => {
      const asked = await fetch(await begin(), { redirect: 'manual' });
      const cookie = asked.headers.get('set-cookie') ?? '';
      expect(asked.status).toBe(200);
      expect(asked.headers.get('location')).toBeNull();
      const page = await asked.text();
      expect(page).toContain('to the workspace “&lt;Acme&gt; Ltd”');
      const vendor = /<a href="([^"]+)">/u.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? expect.unreachable(page);
      expect(cookie).toMatch(/; Path=\/oauth\/hubspot; .*HttpOnly; SameSite=Lax/u);
      const granted = await fetch(vendor, { redirect: 'manual' });
      return { back: new URL(locationOf(granted)), cookie: cookie.split(';')[0] ?? '' };
    };
    const comeBack = (back: URL, cookie?: string) => fetch(back, cookie === undefined ? {} : { headers: { cookie } });

    it('is offered only by a system that has it', async () => {
      for (const connector of ['zendesk', 'unknown']) {
        expect((await call('POST', 'authorizations', { connector })).status).toBe(404);
      }
      const foreign = (await begin()).replace('/oauth/hubspot?', '/oauth/zendesk?');
      expect((await fetch(foreign, { redirect: 'manual' })).status).toBe(400);
      expect((await fetch(`${service.url}/oauth/hubspot?begin=made-up`, { redirect: 'manual' })).status).toBe(400);
    });

    it('is taken only from the browser that asked for it, with what it was sent away with', async () => {
      const { back, cookie } = await consent();
      const other = await consent();
      const changed = (name: string, value: string | null) => {
        const address = new URL(back);
        if (value === null) address.searchParams.delete(name);
        else address.searchParams.set(name, value);
        return address;
      };
      const declined = changed('code', null);
      declined.searchParams.set('error', 'access_denied');
      const refused = [
        await comeBack(back),
        await comeBack(back, other.cookie),
        await comeBack(changed('state', other.back.searchParams.get('state')), cookie),
        await comeBack(changed('state', 'made-up'), cookie),
        await comeBack(changed('state', null), cookie),
        await comeBack(changed('code', null), cookie),
        await comeBack(declined, cookie),
        await comeBack(new URL(back.href.replace('/oauth/hubspot/', '/oauth/zendesk/')), cookie),
      ];
      expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 400));
      expect(await connectionOf('hubspot')).toBeUndefined();
      expect((await comeBack(changed('code', 'made-up'), cookie)).status).toBe(502);
      expect(await connectionOf('hubspot')).toBeUndefined();
    });

    it('connects the account, once, and stays connected after a restart', async () => {
      const { back, cookie } = await consent();
      const page = await comeBack(back, cookie);
      expect(page.status).toBe(200);
      expect(page.headers.get('set-cookie')).toMatch(/^scoreback_consent=;/u);
      expect(await page.text()).toContain('HubSpot is connected');
      const { id, account } = await readyConnection('hubspot');
      expect(account).toMatch(/^\d+$/u);
      expect((await comeBack(back, cookie)).status).toBe(502);

      const again = await consent();
      expect((await comeBack(again.back, again.cookie)).status).toBe(200);
      expect(await readyConnection('hubspot')).toMatchObject({ id, account });

      const written = service.output();
      expect(await service.stop()).toBe(0);
      await world.start({ environment: { HUBSPOT_ACCESS_TOKEN: '' } });
      service = world.service;
      expect(await readyConnection('hubspot')).toMatchObject({ id, account });
      const code = back.searchParams.get('code') ?? expect.unreachable();
      for (const secret of [code, cookie.split('=')[1] ?? expect.unreachable()]) expect(written).not.toContain(secret);
    });
  });
});

function locationOf(response: Response): string {
  return response.headers.get('location') ?? expect.unreachable(`${response.status} leads nowhere`);
}

async function listAtZendesk(world: World, what: 'webhooks' | 'user_fields'): Promise<readonly { id: string }[]> {
  const response = await callZendesk(world, 'GET', what);
  return ((await response.json()) as Record<typeof what, readonly { id: string }[]>)[what];
}
