import { afterEach, beforeAll, expect, it } from 'vitest';
import { EmailDelayed, EmailRefused } from '../../src/platform/email/email-failures.ts';
import type { UsualEmailServer } from '../../src/platform/email/email-server.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { type Served, serve } from './served.ts';

describeOnEachDatabase('what letters leave by, through the API', (open) => {
  let service: Served;
  let email: UsualEmailServer;

  beforeAll(async () => {
    service = await serve(await open());
    if (!service.context.email) throw new Error('there is a postbox');
    email = service.context.email;
  });

  const verify = () => Promise.resolve();
  afterEach(() => {
    email.verify = verify;
    email.rateLimiter.resume();
  });

  const state = async () => (await service.call('GET', '/email')).body;
  const check = async () => (await service.call('POST', '/email/check')).body;
  const why = { code: 'email.credentials', params: { status: '535 5.7.8', setting: 'SMTP_URL' } } as const;
  const refused = () => new EmailRefused(why, { fault: 'account', concerns: 'connection', reason: 'credentials' });

  it('is told with whom letters are from', async () => {
    expect(await state()).toEqual({
      ...{ state: 'set', why: null, since: null, sandbox: false },
      from: { address: 'support@acme.example', name: null },
    });
    expect(await check()).toEqual({ works: true, why: null });
  });

  it('says why letters cannot leave, and takes them again once they can', async () => {
    await email.rateLimiter.run(() => Promise.reject(refused())).catch(() => {});
    expect(await state()).toMatchObject({
      state: 'refused',
      why: { ...why, message: expect.stringContaining('535 5.7.8') },
    });
    email.verify = () => Promise.reject(refused());
    expect(await check()).toMatchObject({ works: false, why });
    expect(await state()).toMatchObject({ state: 'refused' });
    email.verify = verify;
    expect(await check()).toMatchObject({ works: true });
    expect(await state()).toMatchObject({ state: 'set', why: null });
  });

  it('says when it does not answer', async () => {
    const down = { code: 'email.unreachable', params: { cause: 'ECONNREFUSED' } } as const;
    email.verify = () => Promise.reject(new EmailDelayed(down, { fault: 'server', reason: 'unreachable' }));
    expect(await check()).toMatchObject({ works: false, why: down });
  });
});
