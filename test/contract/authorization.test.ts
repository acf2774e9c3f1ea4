import { expect, it } from 'vitest';
import { UpstreamBusy, UpstreamRefused } from '../../src/model/errors.ts';
import { connectByConsent, consent, redirectUrl, requireAuthorization } from './consent.ts';
import { describeOnSimulators, type Meeting } from './on-simulators.ts';

const state = 'made-up state & more';

describeOnSimulators('consent', aboutConsent, ({ also }) => also.includes('authorization'));

function aboutConsent(meeting: () => Meeting): void {
  it('the address carries state, the way back and scopes, and no secret', async () => {
    const authorization = requireAuthorization(meeting());
    const address = authorization.url({ redirectUrl, state });
    const given = Object.fromEntries(new URL(address).searchParams);
    expect(given).toMatchObject({ state, redirect_uri: redirectUrl, scope: expect.stringMatching(/\w/u) });
    const secrets = Object.entries(meeting().simulator.environment).filter(([key]) => /SECRET|TOKEN/u.test(key));
    for (const [key, secret] of secrets) expect(address, key).not.toContain(encodeURIComponent(secret));
    expect((await consent(address)).state).toBe(state);
  });

  it('a code tells whose account it is, and opens it', async () => {
    const { simulator, provisioning, connection } = meeting();
    const byConsent = await connectByConsent(meeting());
    const { account } = await provisioning.check();
    expect(byConsent.account).toBe(account);
    expect(await byConsent.connection.provisioning?.check()).toMatchObject({ account });
    const id = simulator.addContact({ name: 'Kim' });
    expect(await byConsent.connection.contacts?.find({ ids: [id] })).toMatchObject([{ id }]);
    expect(await byConsent.connection.webhookSecrets?.()).toEqual(await connection.webhookSecrets?.());
  });

  it('a code that is wrong, was used before, or comes by another way is refused, with what to do', async () => {
    const authorization = requireAuthorization(meeting());
    const address = authorization.url({ redirectUrl, state });
    const { code: used } = await consent(address);
    await authorization.exchange({ code: used, redirectUrl });
    const { code: astray } = await consent(address);
    for (const answer of [
      { code: 'made-up-code', redirectUrl },
      { code: used, redirectUrl },
      { code: astray, redirectUrl: `${redirectUrl}/elsewhere` },
    ]) {
      const failure = await meeting().failureOf(() => authorization.exchange(answer));
      expect(failure).toBeInstanceOf(UpstreamRefused);
      expect(failure).toMatchObject({ why: { code: expect.any(String) } });
    }
  });

  it.each(['fail', 'drop', 'throttle'] as const)('a code met by: %s is worth another try', async (kind) => {
    const authorization = requireAuthorization(meeting());
    const { code } = await consent(authorization.url({ redirectUrl, state }));
    meeting().simulator.disturb({ kind, times: 1 });
    const failure = await meeting().failureOf(() => authorization.exchange({ code, redirectUrl }));
    expect(failure).toBeInstanceOf(UpstreamBusy);
  });

  it('a connection whose consent was never kept asks for a new one', async () => {
    const { connection } = meeting().connect({ credentials: '' });
    const failure = await meeting().failureOf(async () => connection.contacts?.find({ ids: ['1'] }));
    expect(failure).toBeInstanceOf(UpstreamRefused);
    expect(failure).toMatchObject({ concerns: 'connection', why: { code: expect.any(String) } });
  });

  it('a connection whose consent was withdrawn stops, and says so to the operator', async () => {
    const { connection } = await connectByConsent(meeting());
    meeting().simulator.disturb({ kind: 'revoke' });
    const failure = await meeting().failureOf(async () => connection.contacts?.find({ ids: ['1'] }));
    expect(failure).toBeInstanceOf(UpstreamRefused);
    expect(failure).toMatchObject({ concerns: 'connection', why: { code: expect.any(String) } });
    const inspection = await connection.provisioning?.check();
    expect(inspection?.findings).toContainEqual(
      expect.objectContaining({ about: { kind: 'credentials' }, state: 'blocked', code: 'refused' }),
    );
  });
}
