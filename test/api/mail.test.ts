import { afterEach, beforeAll, expect, it } from 'vitest';
import { UpstreamBusy } from '../../src/errors.ts';
import type { Mail } from '../../src/flows/context.ts';
import { EmailRefused } from '../../src/mail/email-failures.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { type Served, serve } from './served.ts';

describeOnEachDatabase('what letters leave by, through the API', (open) => {
  let service: Served;
  let mail: Mail;

  beforeAll(async () => {
    service = await serve(await open());
    if (!service.context.mail) throw new Error('there is a postbox');
    mail = service.context.mail;
  });

  const verify = () => Promise.resolve();
  afterEach(() => {
    mail.verify = verify;
    mail.pace.resume();
  });

  const state = async () => (await service.call('GET', '/mail')).body;
  const check = async () => (await service.call('POST', '/mail/check')).body;
  const refused = () =>
    new EmailRefused('The mail server does not accept the credentials.', {
      ...{ fault: 'account', concerns: 'connection', reason: 'credentials' },
      remedy: 'Check user and password.',
    });
  const inWords = 'The mail server does not accept the credentials. Check user and password.';

  it('is told with whom letters are from', async () => {
    expect(await state()).toEqual({
      ...{ state: 'set', because: null, since: null, sandbox: false },
      from: { address: 'support@acme.example', name: null },
    });
    expect(await check()).toEqual({ works: true, because: null });
  });

  it('says why letters cannot leave, and takes them again once they can', async () => {
    await mail.pace.run(() => Promise.reject(refused())).catch(() => {});
    expect(await state()).toMatchObject({ state: 'refused', because: inWords });
    mail.verify = () => Promise.reject(refused());
    expect(await check()).toEqual({ works: false, because: inWords });
    expect(await state()).toMatchObject({ state: 'refused' });
    mail.verify = verify;
    expect(await check()).toMatchObject({ works: true });
    expect(await state()).toMatchObject({ state: 'set', because: null });
  });

  it('says when it does not answer', async () => {
    mail.verify = () => Promise.reject(new UpstreamBusy('The mail server cannot be reached now.'));
    expect(await check()).toEqual({ works: false, because: 'The mail server cannot be reached now.' });
  });
});
