import { beforeAll, describe, expect, it } from 'vitest';
import { refusedFinding } from '../../src/model/messages/finding.ts';
import { findConnection, updateConnection } from '../../src/modules/connections/queries/connections.ts';
import { brand } from '../../src/modules/surveys/tables.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { day, minute } from '../flows/world.ts';
import { vendorSays } from '../vendor-says.ts';
import { type Served, serve } from './served.ts';

describeOnEachDatabase('through the API', (open) => {
  let service: Served;

  beforeAll(async () => {
    service = await serve(await open());
  });

  const call = (...of: Parameters<Served['call']>) => service.call(...of);

  describe('brands', () => {
    const acme = { key: 'acme', name: 'Acme', from: { address: 'hi@acme.example' }, branding: { color: '#AA0000' } };

    it('are made, changed part by part, and taken away', async () => {
      const made = await call('POST', '/brands', { body: acme });
      expect([made.status, made.body]).toMatchObject([201, { branding: { color: '#aa0000' }, hasEmailServer: false }]);
      expect((await call('POST', '/brands', { body: acme })).status).toBe(409);
      const changed = await call('PATCH', '/brands/acme', { body: { tickets: ['Acme Shop'] } });
      expect(changed.body).toMatchObject({ ...acme, tickets: ['Acme Shop'], branding: { color: '#aa0000' } });
      await call('PATCH', '/brands/acme', { body: { name: 'Acme Ltd' } });
      expect(await service.read('/brands/acme')).toMatchObject({ name: 'Acme Ltd', tickets: ['Acme Shop'] });
      expect((await call('DELETE', '/brands/acme')).status).toBe(204);
      expect((await service.read('/brands')).items).toEqual([]);
    });

    it('never show their email server again', async () => {
      const smtpUrl = 'smtps://user:a-secret-word@mail.acme.example';
      const made = await call('POST', '/brands', { body: { ...acme, key: 'own', smtpUrl } });
      expect(made.body.hasEmailServer).toBe(true);
      expect(JSON.stringify([made.body, await service.read('/brands/own')])).not.toContain('a-secret-word');
      const saved = JSON.stringify(await service.database.db.select().from(brand));
      expect(saved).not.toContain('a-secret-word');
      expect((await call('PATCH', '/brands/own', { body: { name: 'Own' } })).body.hasEmailServer).toBe(true);
      expect((await call('PATCH', '/brands/own', { body: { smtpUrl: null } })).body.hasEmailServer).toBe(false);
      const wrong = await call('PATCH', '/brands/own', { body: { smtpUrl: 'https://mail.acme.example' } });
      expect(wrong.body.problems).toMatchObject([{ field: 'smtpUrl' }]);
    });

    it.each([
      ...['sendmail=true', 'path=%2Fbin%2Fsh', 'args=-c', 'pool=false', 'streamTransport=true', 'jsonTransport=true'],
      ...['SES=true', 'proxy=http%3A%2F%2F10.0.0.1', 'logger=true', 'debug=true', 'socket=x', 'requireTLS=true'],
    ])('take no option of a library in the address of their email server: %s', async (option) => {
      const smtpUrl = `smtp://mail.acme.example/?${option}`;
      const made = await call('POST', '/brands', { body: { ...acme, key: 'evil', smtpUrl } });
      expect([made.status, made.body.problems]).toMatchObject([400, [{ field: 'smtpUrl' }]]);
      expect((await call('GET', '/brands/evil')).status).toBe(404);
    });

    it('stay as long as a survey names them, and let it be published', async () => {
      await call('POST', '/brands', { body: { ...acme, key: 'named' } });
      await call('POST', '/surveys', { body: { key: 'branded', metric: 'nps', delivery: { brand: 'named' } } });
      expect((await call('DELETE', '/brands/named')).body).toMatchObject({
        code: 'brand_in_use',
        params: { surveys: ['branded'] },
      });
      expect((await call('POST', '/surveys/branded/publish')).status).toBe(200);
      const sentEmail = await service.read('/surveys/branded/email?email=reminder');
      expect(sentEmail).toMatchObject({
        sender: { address: 'hi@acme.example' },
        html: expect.stringContaining('#aa0000'),
      });
      const wrong = await call('GET', '/surveys/branded/email?language=tlh');
      expect(wrong.body.problems).toMatchObject([{ field: 'language' }]);
    });
  });

  describe('the workspace', () => {
    it('is described and changed', async () => {
      const body = {
        name: 'Acme',
        timeZone: 'Europe/Oslo',
        ownAddresses: ['Team@Acme.example'],
        ownDomains: ['ACME.example'],
      };
      const changed = await call('PATCH', '/workspace', { body: { ...body, retention: 'P730D' } });
      expect(changed.body).toMatchObject({
        name: 'Acme',
        language: 'en',
        timeZone: 'Europe/Oslo',
        ownAddresses: ['team@acme.example'],
        ownDomains: ['acme.example'],
        retention: 'P730D',
      });
      expect((await call('PATCH', '/workspace', { body: { retention: null } })).body).toMatchObject({
        retention: null,
      });
    });

    it.each([
      ['language', { language: 'tlh' }],
      ['timeZone', { timeZone: 'Mars/Olympus' }],
      ['ownAddresses.0', { ownAddresses: ['unknown'] }],
      ['ownDomains.1', { ownDomains: ['acme.example', 'no domain'] }],
      ['retention', { retention: 'PT1H' }],
    ])('keeps its %s when what is sent is none', async (field, body) => {
      const answer = await call('PATCH', '/workspace', { body });
      expect([answer.status, answer.body.problems]).toMatchObject([400, [{ field }]]);
    });

    it('stops asking and writing, and goes on', async () => {
      expect((await call('PATCH', '/pause', { body: { asking: true } })).body).toEqual({
        asking: true,
        writing: false,
      });
      expect((await call('PATCH', '/pause', { body: { asking: false, writing: true } })).body).toEqual({
        asking: false,
        writing: true,
      });
      await call('PATCH', '/pause', { body: { writing: false } });
    });
  });

  describe('keys', () => {
    it('are shown once, do what they may, and are gone when they are taken away', async () => {
      const { body } = await call('POST', '/keys', { body: { name: 'Reports', scopes: ['read'] } });
      expect(body.key).toMatch(/^scoreback_[\w-]{43}$/u);
      expect(body.key.startsWith(body.begins)).toBe(true);
      expect(await service.read('/me', { key: body.key })).toMatchObject({ actor: body.id, scopes: ['read'] });
      const listed = JSON.stringify(await service.read('/keys'));
      expect(listed).toContain(body.begins);
      expect(listed).not.toContain(body.key);
      expect((await call('DELETE', `/keys/${body.id}`)).status).toBe(204);
      expect((await call('GET', '/me', { key: body.key })).status).toBe(401);
      expect((await call('DELETE', `/keys/${body.id}`)).status).toBe(404);
    });

    it('end when they are to', async () => {
      const expiresAt = new Date(service.clock().getTime() + day).toISOString();
      const { body } = await call('POST', '/keys', { body: { name: 'Short', scopes: ['read'], expiresAt } });
      expect((await call('GET', '/me', { key: body.key })).status).toBe(200);
      service.jump(day);
      expect((await call('GET', '/me', { key: body.key })).status).toBe(401);
    });

    it('tell when they were last used, to the minute', async () => {
      const { body } = await call('POST', '/keys', { body: { name: 'Used', scopes: ['read'] } });
      const lastUsed = async () =>
        (await service.read('/keys')).items.find(({ id }: { id: string }) => id === body.id).lastUsedAt;
      expect(await lastUsed()).toBeNull();
      await service.read('/me', { key: body.key });
      const first = await lastUsed();
      service.jump(minute / 2);
      await service.read('/me', { key: body.key });
      expect(await lastUsed()).toBe(first);
      service.jump(minute / 2);
      await service.read('/me', { key: body.key });
      expect(await lastUsed()).not.toBe(first);
    });

    it.each([
      ['scopes.0', { name: 'All', scopes: ['everything'] }],
      ['scopes', { name: 'None', scopes: [] }],
      ['name', { name: ' ', scopes: ['read'] }],
      ['expiresAt', { name: 'Past', scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' }],
      ['expiresAt', { name: 'Never', scopes: ['read'], expiresAt: 'never' }],
    ])('are not made with a wrong %s', async (field, body) => {
      const answer = await call('POST', '/keys', { body });
      expect([answer.status, answer.body.problems]).toMatchObject([400, [{ field }]]);
    });
  });

  describe('connections', () => {
    it('have switches, and can be looked at', async () => {
      const path = `/connections/${service.connectionId()}`;
      expect(
        (await call('PATCH', path, { body: { surveysEnabled: false, writeBackPaused: true } })).body,
      ).toMatchObject({
        surveysEnabled: false,
        writeBackPaused: true,
        surveysPaused: false,
      });
      expect(
        (await call('PATCH', path, { body: { surveysEnabled: true, writeBackPaused: false } })).body,
      ).toMatchObject({
        surveysEnabled: true,
      });
      expect((await call('POST', `${path}/check`)).body).toMatchObject({ findings: [] });
      expect((await call('POST', '/doctor', { body: {} })).body.items).toMatchObject([
        { connection: service.connectionId() },
      ]);
    });

    it('use half of the rate limit, or the share that is set, here and in other processes', async () => {
      const id = service.connectionId();
      const allowed = async () => (await service.read(`/connections/${id}`)).health.rateLimit;
      const before = await allowed();
      expect(before.share).toBe(50);
      expect(before.ours.used).toBeLessThanOrEqual(before.ours.calls);
      const changed = await call('PATCH', `/connections/${id}`, { body: { quotaShare: 100 } });
      expect(changed.body).toMatchObject({
        quotaShare: 100,
        health: { rateLimit: { share: 100, ours: { calls: before.ours.calls * 2 } } },
      });
      await updateConnection(service.database.db, id, { quotaShare: 25 });
      await service.work('sweep', 'all');
      expect((await allowed()).ours.calls).toBe(before.ours.calls / 2);
      for (const quotaShare of [0, 4, 101, 50.5, '50']) {
        const refused = await call('PATCH', `/connections/${id}`, { body: { quotaShare } });
        expect([refused.status, refused.body.problems?.[0]?.field]).toEqual([400, 'quotaShare']);
      }
    });

    it('are opened anew, and written anew, when our fields get other names there, here and in other processes', async () => {
      const id = service.connectionId();
      const before = service.context.connections.find(id);
      const fieldNames = { nps_latest_rating: 'acme_rating', nps_trend: null };
      const changed = await call('PATCH', `/connections/${id}`, { body: { fieldNames } });
      expect(changed.body.fieldNames).toEqual(fieldNames);
      const after = service.context.connections.find(id);
      expect(after).not.toBe(before);
      expect(after?.fieldNames).toEqual(fieldNames);
      expect((await findConnection(service.database.db, id))?.provisionDueAt).toEqual(service.clock());

      // Another process still has it open as it was, until its next sweep.
      if (before) service.context.connections.add(before);
      await service.work('sweep', 'all');
      expect(service.context.connections.find(id)?.fieldNames).toEqual(fieldNames);
      const same = service.context.connections.find(id);
      await call('PATCH', `/connections/${id}`, { body: { fieldNames } });
      expect(service.context.connections.find(id)).toBe(same);
    });

    it('get all fields or the core ones, as an admin chooses or as the plan has room', async () => {
      const id = service.connectionId();
      const path = `/connections/${id}`;
      const full = { fieldProfile: 'full', fieldProfileChosen: false, missingFields: [] };
      expect(await service.read(path)).toMatchObject(full);
      const chosen = await call('PATCH', path, { body: { fieldProfile: 'core' } });
      expect(chosen.body).toMatchObject({ fieldProfile: 'core', fieldProfileChosen: true });
      expect(service.context.connections.find(id)?.fieldProfile).toBe('core');
      expect((await findConnection(service.database.db, id))?.provisionDueAt).toEqual(service.clock());

      await call('PATCH', path, { body: { fieldProfile: null } });
      const refused = refusedFinding({ kind: 'fields' }, vendorSays('refused'));
      const noRoom = { ...refused, fields: ['ces_latest_date', 'nps_trend'] };
      await updateConnection(service.database.db, id, { findings: [noRoom] });
      expect(await service.read(path)).toMatchObject({
        fieldProfile: 'core',
        fieldProfileChosen: false,
        missingFields: ['nps_trend', 'ces_latest_date'],
      });
      expect((await call('PATCH', path, { body: { fieldProfile: 'full' } })).body).toMatchObject({
        fieldProfile: 'full',
        fieldProfileChosen: true,
      });
      expect((await call('PATCH', path, { body: { fieldProfile: 'small' } })).body.problems).toMatchObject([
        { field: 'fieldProfile' },
      ]);
      await updateConnection(service.database.db, id, { findings: [], fieldProfile: null });
      await service.work('sweep', 'all');
    });

    it.each([
      ['a field that is none of ours', { mood: 'acme_mood' }],
      ['a name that no system takes', { nps_latest_rating: 'Latest rating' }],
      ['one name for two fields', { nps_latest_rating: 'rating', csat_latest_rating: 'rating' }],
      ['the name of another of our fields', { nps_latest_rating: 'csat_latest_rating' }],
    ])('refuse %s', async (_what, fieldNames) => {
      const answer = await call('PATCH', `/connections/${service.connectionId()}`, { body: { fieldNames } });
      expect([answer.status, answer.body.problems[0].field]).toEqual([400, expect.stringMatching(/^fieldNames/u)]);
    });
  });
});
