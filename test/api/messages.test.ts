import { beforeAll, expect, it } from 'vitest';
import type { MessageLanguage } from '../../src/model/messages/languages.ts';
import { createRender } from '../../src/platform/messages/render.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { day } from '../flows/world.ts';
import { bootstrapKey, type Served } from './served.ts';
import { newAddress, password, type SigningIn, serveWithOwner } from './signing-in.ts';

type Reasoned = { reasonCode: string; reasonParams: object; message: string };

describeOnEachDatabase('the language of the API', (open) => {
  let service: Served;
  let users: SigningIn;
  let ticket: string;

  beforeAll(async () => {
    ({ service, users } = await serveWithOwner(await open()));
    const { ticket: resolved } = await service.resolvedTicket();
    ticket = resolved.id;
    await service.resolvedTicket({ requester: service.vendor.addContact({ staff: true }) });
  });

  const decisionFor = async (headers: Readonly<Record<string, string>>, key: string | null = bootstrapKey) =>
    (await service.read(`/decisions?ticket=${ticket}`, { key, headers })).items[0];

  const inWords = (language: MessageLanguage, { reasonCode: code, reasonParams: params }: Reasoned) =>
    createRender({ language })('decisions', { code, params });

  it.each([
    ['de', 'de'],
    ['de-AT,de;q=0.9,en;q=0.5', 'de'],
    ['zh, nn;q=0.5', 'nb'],
    ['zh', 'en'],
    ['*', 'en'],
  ] as const)('puts a decision in words for Accept-Language: %s', async (accepted, language) => {
    const decision = await decisionFor({ 'accept-language': accepted });
    const reason = {
      reasonCode: 'asked',
      reasonParams: {
        ...{ kind: 'resolution', survey: 'after-ticket' },
        when: { code: 'delay.usual', params: { delay: 'PT1H' } },
      },
    };
    expect(decision).toMatchObject(reason);
    expect(decision.message).toBe(inWords(language, decision));
    expect(decision.history).toMatchObject([{ ...reason, message: decision.message }]);
    expect(inWords('de', decision)).not.toBe(inWords('en', decision));
  });

  it('is the one that a user chose, before that of their browser', async () => {
    const email = newAddress();
    await users.colleague(email, 'viewer');
    const { headers } = users.browser(await users.cookieOf(email));
    const french = { ...headers, 'accept-language': 'fr' };
    const before = await decisionFor(french, null);
    expect(before.message).toBe(inWords('fr', before));
    await service.call('PATCH', '/me', { key: null, headers, body: { language: 'de' } });
    const after = await decisionFor(french, null);
    expect(after.message).toBe(inWords('de', after));
  });

  it('is the one that a user chose where better-auth answers, too', async () => {
    const email = newAddress();
    await users.colleague(email, 'viewer');
    const { headers } = users.browser(await users.cookieOf(email));
    await service.call('PATCH', '/me', { key: null, headers, body: { language: 'de' } });
    const weak = { currentPassword: password, newPassword: 'password12345678' };
    const french = { ...headers, 'accept-language': 'fr' };
    const { body } = await service.call('POST', '/auth/change-password', { key: null, headers: french, body: weak });
    expect(body.code).toBe('weak_password');
    expect(body.detail).toBe(createRender({ language: 'de' })('errors', { code: 'weak_password', params: {} }));
  });

  it.each(['de', 'en'] as const)('is that of the listener to a dry run: %s', async (language) => {
    const requester = service.vendor.addContact({ staff: true });
    const at = new Date(service.clock().getTime() - day);
    service.vendor.addTicket({ requester, state: 'resolved', resolvedAt: at, updatedAt: at, publicReplies: 1 });
    const { body: begun } = await service.call('POST', '/surveys/after-ticket/dry-runs', { body: {} });
    const listen = (accepted: MessageLanguage) =>
      fetch(`${service.url}/api/dry-runs/${begun.id}/events`, {
        headers: { authorization: `Bearer ${bootstrapKey}`, 'accept-language': accepted },
      });
    // Another one listens at the same time in another language.
    const others = await listen(language === 'de' ? 'en' : 'de');
    const response = await listen(language);
    await service.runDue();
    await others.body?.cancel();
    const last = /event: end\ndata: (?<data>.*)\n/u.exec(await response.text())?.groups?.data ?? '{}';
    const reasons: Reasoned[] = JSON.parse(last).findings.reasons;
    expect(reasons).toContainEqual(
      expect.objectContaining({ reasonCode: 'own_team', reasonParams: { kind: 'staff' } }),
    );
    expect(reasons.map(({ message }) => message)).toEqual(reasons.map((reason) => inWords(language, reason)));
  });

  it('is that of a file, which has sentences and no JSON', async () => {
    const decision = await decisionFor({ 'accept-language': 'de' });
    const response = await fetch(`${service.url}/api/decisions.csv?ticket=${ticket}`, {
      headers: { authorization: `Bearer ${bootstrapKey}`, 'accept-language': 'de' },
    });
    const [headings, row] = (await response.text()).replace(/^\ufeff/u, '').split('\r\n');
    expect(headings?.split(',')).toEqual(expect.arrayContaining(['Reason code', 'Message', 'Notes', 'History']));
    expect(headings).not.toContain('Reason params');
    expect(row).toContain(inWords('de', decision));
    expect(row).not.toMatch(/[{}[\]]/u);
  });

  it('an erased contact leaves the code of a decision and nothing that its sentence named', async () => {
    const { sentEmail, ticketId, email } = await service.asked();
    await service.answer(sentEmail, 9);
    const [{ id }] = (await service.read(`/contacts?email=${email}`)).items;
    expect((await service.call('DELETE', `/contacts/${id}`)).status).toBeLessThan(300);
    const erased = createRender({ language: 'de' })('decisions', { code: 'contact_erased', params: {} });
    expect(
      (await service.read(`/decisions?ticket=${ticketId}`, { headers: { 'accept-language': 'de' } })).items,
    ).toMatchObject([{ verdict: 'asked', reasonCode: 'asked', reasonParams: { kind: 'erased' }, message: erased }]);
  });
});
