import { expect, it } from 'vitest';
import type { Finding } from '../../src/connector.ts';
import { doNotSurveyKey, recordFields } from '../../src/model/crm-field-definitions.ts';
import { UpstreamBusy } from '../../src/model/errors.ts';
import { describeOnSimulators, type Meeting } from './on-simulators.ts';
import { claimed } from './question.ts';
import { personal } from './tools.ts';
import { answered, changedOnTheWay } from './values.ts';

const keys = recordFields.map(({ key }) => key);
const ofFields = (findings: readonly Finding[]) => findings.filter(({ about }) => about.kind === 'field');

/** An account in use, with an answer on a record. */
async function prepare({ provisioning, ensured, simulator, write }: Meeting) {
  const remove = claimed(provisioning.remove);
  await ensured();
  const recordId = simulator.addContact({ name: personal.name, email: personal.email });
  await write([{ id: recordId, values: answered.best }]);
  return { recordId, remove };
}

describeOnSimulators('removal', aboutRemoval, ({ also }) => also.includes('provisioning.remove'));

function aboutRemoval(meeting: () => Meeting): void {
  it('the webhook goes, or it is said who can end it; the answers stay', async () => {
    const { recordId, remove } = await prepare(meeting());
    const { simulator, provisioning, contacts, received } = meeting();
    await simulator.settled();
    const removed = await remove({ fields: false });
    expect(ofFields(removed)).toEqual([]);
    const webhook = removed.find(({ about }) => about.kind === 'webhook');
    expect(['removed', 'blocked']).toContain(webhook?.state);
    expect(webhook?.code).toMatch(/\w/u);

    const saved = (await contacts.readFields([recordId])).get(recordId);
    expect(changedOnTheWay(answered.best, saved)).toEqual([]);
    const { findings } = await provisioning.check();
    expect(ofFields(findings).map(({ state }) => state)).toEqual(keys.map(() => 'fine'));

    const before = received.length;
    simulator.resolve(simulator.addTicket({ requesterId: recordId, subject: 'A lamp' }));
    await simulator.settled();
    expect(received.length > before).toBe(webhook?.state === 'blocked');
  });

  it('the fields go with all their values when that is asked, and can be made again', async () => {
    const { recordId, remove } = await prepare(meeting());
    const { provisioning, ensured, contacts } = meeting();
    const removed = ofFields(await remove({ fields: true })).filter(({ state }) => state === 'removed');
    expect(removed.map(({ about }) => (about.kind === 'field' ? about.field : ''))).toEqual(
      expect.arrayContaining(keys),
    );
    const { findings } = await provisioning.check();
    expect(ofFields(findings).filter(({ state }) => state === 'fine')).toEqual([]);
    const values = (await contacts.readFields([recordId])).get(recordId) ?? {};
    const left = Object.entries(values).filter(([key, value]) => key !== doNotSurveyKey && (value ?? false) !== false);
    expect(left).toEqual([]);
    const again = ofFields((await ensured()).findings).map(({ state }) => state);
    // What a vendor only archives may stand in the way of its successor, which then says so.
    expect(again.filter((state) => state !== 'created' && state !== 'blocked')).toEqual([]);
  });

  it('a second time there is nothing left to take away', async () => {
    const { remove } = await prepare(meeting());
    await remove({ fields: true });
    expect((await remove({ fields: true })).filter(({ state }) => state === 'removed')).toEqual([]);
  });

  it('nothing is taken for removed by a vendor that is busy, and refused credentials are a finding', async () => {
    const { remove } = await prepare(meeting());
    const { simulator, failureOf, passes } = meeting();
    simulator.disturb({ kind: 'fail' });
    expect(await failureOf(() => remove({ fields: true }))).toBeInstanceOf(UpstreamBusy);
    simulator.calm();
    passes(60_000);
    simulator.disturb({ kind: 'revoke' });
    const findings = await remove({ fields: true });
    expect(findings).toContainEqual(expect.objectContaining({ about: { kind: 'credentials' }, state: 'blocked' }));
    expect(findings.filter(({ state }) => state === 'removed')).toEqual([]);
  });
}
