import { expect, it } from 'vitest';
import type { Connection } from '../../src/connector.ts';
import { UpstreamBusy } from '../../src/model/errors.ts';
import { connectByConsent, tokenRequests } from './consent.ts';
import { describeOnSimulators, type Meeting } from './on-simulators.ts';

const hours = 3_600_000;

/** A connection whose token is not for ever: the one by consent, where there is consent. */
async function connectWithToken(meeting: Meeting): Promise<Connection | undefined> {
  if (!meeting.simulator.expireToken) return undefined;
  const consents = meeting.harness.also.includes('authorization');
  return consents ? (await connectByConsent(meeting)).connection : meeting.connection;
}

const cannot = 'its credentials do not end by themselves';

describeOnSimulators('credentials that end', (meeting) => {
  it('a token that is no longer taken is replaced once, however many calls meet it', async ({ skip }) => {
    const { contacts } = (await connectWithToken(meeting())) ?? skip(cannot);
    const id = meeting().simulator.addContact({ name: 'Kim' });
    const read = async () => (await contacts?.find({ ids: [id] }))?.map((found) => found.id);
    await read();
    const before = tokenRequests(meeting());
    meeting().simulator.expireToken?.();
    expect(await Promise.all([read(), read(), read()])).toEqual([[id], [id], [id]]);
    expect(tokenRequests(meeting())).toBe(before + 1);
  });

  it('a token is replaced before its time is over, so that no call is refused', async ({ skip }) => {
    const { contacts } = (await connectWithToken(meeting())) ?? skip(cannot);
    const { simulator, passes } = meeting();
    const id = simulator.addContact({ name: 'Kim' });
    for (let minutes = 0; minutes < 120; minutes += 5) {
      expect(await contacts?.find({ ids: [id] })).toHaveLength(1);
      passes(300_000);
    }
    expect(tokenRequests(meeting())).toBeGreaterThan(1);
    expect(simulator.requests.filter(({ status }) => status === 401)).toEqual([]);
  });

  it('without a new token a call waits, and goes through later', async ({ skip }) => {
    const { contacts } = (await connectWithToken(meeting())) ?? skip(cannot);
    const { simulator, passes, failureOf } = meeting();
    const read = async () => contacts?.find({ ids: ['4711'] });
    await read();
    simulator.expireToken?.();
    simulator.disturb({ kind: 'fail', path: '/oauth' });
    expect(await failureOf(read)).toBeInstanceOf(UpstreamBusy);
    simulator.calm();
    passes(60_000);
    expect(await read()).toEqual([]);
  });
});

describeOnSimulators('the limit of a day', (meeting) => {
  it('nothing is done until it is over, and it is said until when', async ({ skip }) => {
    const { simulator, provisioning, contacts, failureOf, passes } = meeting();
    if (!simulator.exhaustDay) skip('it has no such limit');
    // The look tells in which time zone the day ends.
    await provisioning.check();
    simulator.exhaustDay?.();
    const read = () => contacts.find({ ids: ['4711'] });
    const failure = await failureOf(read);
    expect(failure).toBeInstanceOf(UpstreamBusy);
    expect(failure).toMatchObject({
      outcome: 'not_done',
      why: { params: { until: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/u) } },
    });
    const { retryAfter = 0 } = failure as UpstreamBusy;
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(24 * hours);
    passes(retryAfter - 1);
    expect(await failureOf(read)).toBeInstanceOf(UpstreamBusy);
    passes(1);
    expect(await read()).toEqual([]);
  });
});
