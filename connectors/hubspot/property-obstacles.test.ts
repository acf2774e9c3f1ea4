import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/connector.ts';
import { type Portal, startPortal } from './fixtures/portal.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await startPortal();
  await portal.provisioning.ensure({ ticketMarks: true });
});
afterEach(async () => {
  expect(portal.tools.breaches).toEqual([]);
  await portal.stop();
});

const rule = (ruleType: string, ...ruleArguments: string[]) => ({ ruleType, ruleArguments });
const unfit = (findings: readonly Finding[]) => findings.filter(({ state }) => state !== 'fine');

describe('a property that would refuse values of ours', () => {
  it.each([
    ['nps_latest_rating', { readOnly: true }, 'property_read_only', {}],
    ['nps_latest_ticket', { unique: true }, 'property_unique', {}],
    ['nps_latest_comment', { rules: [rule('MAX_LENGTH', '500')] }, 'property_rules', { rules: ['MAX_LENGTH 500'] }],
    ['nps_latest_comment', { rules: [rule('MIN_LENGTH', '20')] }, 'property_rules', { rules: ['MIN_LENGTH 20'] }],
    [
      'nps_latest_agent',
      { rules: [rule('ALPHANUMERIC', 'NUMERIC_ONLY')] },
      'property_rules',
      { rules: ['ALPHANUMERIC NUMERIC_ONLY'] },
    ],
    ['nps_latest_rating', { rules: [rule('MIN_NUMBER', '1')] }, 'property_rules', { rules: ['MIN_NUMBER 1'] }],
    ['nps_latest_rating', { rules: [rule('MAX_NUMBER', '5')] }, 'property_rules', { rules: ['MAX_NUMBER 5'] }],
    [
      'nps_latest_date',
      { rules: [rule('DAYS_OF_WEEK', 'MONDAY')] },
      'property_rules',
      { rules: ['DAYS_OF_WEEK MONDAY'] },
    ],
  ])('is found before anything is written, with what to do: %s %j', async (name, restriction, code, more) => {
    portal.simulator.restrictProperty('contacts', name, restriction);
    for (const check of [portal.provisioning.check, () => portal.provisioning.ensure({ ticketMarks: true })]) {
      const [found, ...others] = unfit((await check()).findings);
      expect(others).toEqual([]);
      expect(found).toEqual({
        about: { kind: 'field', field: name },
        state: 'blocked',
        code: `hubspot.${code}`,
        params: { name, ...more },
      });
    }
    const changes = portal.simulator.requests.filter(({ method }) => method === 'PATCH' || method === 'DELETE');
    expect(changes).toEqual([]);
  });

  it('is found among those of tickets as well, where answers are marked on them', async () => {
    portal.simulator.restrictProperty('tickets', 'feedback_comment', { rules: [rule('MAX_LENGTH', '80')] });
    expect(unfit((await portal.provisioning.check({ ticketMarks: true })).findings)).toMatchObject([
      { about: { kind: 'field', field: 'feedback_comment' }, state: 'blocked' },
    ]);
    expect(unfit((await portal.provisioning.check()).findings)).toEqual([]);
  });
});

it('rules that every value of ours meets are nobody’s concern', async () => {
  const { simulator, provisioning, contacts } = portal;
  simulator.restrictProperty('contacts', 'nps_latest_comment', { rules: [rule('MAX_LENGTH', '10000')] });
  simulator.restrictProperty('contacts', 'nps_latest_rating', {
    rules: [rule('MIN_NUMBER', '0'), rule('MAX_NUMBER', '10'), rule('DECIMAL', '0')],
  });
  expect(unfit((await provisioning.check()).findings)).toEqual([]);
  const id = simulator.addContact({ name: 'Ada', email: 'ada@customer.example' });
  const values = { nps_latest_rating: 10, nps_latest_comment: 'x'.repeat(10_000) };
  expect((await contacts.writeFields([{ id, values }])).outcomes).toEqual([{ id, result: 'written' }]);
});

it('a value that a rule forbids is refused by HubSpot, which is what is found beforehand', async () => {
  const { simulator, contacts } = portal;
  simulator.restrictProperty('contacts', 'nps_latest_rating', { rules: [rule('MAX_NUMBER', '5')] });
  const id = simulator.addContact({ name: 'Ada', email: 'ada@customer.example' });
  await expect(contacts.writeFields([{ id, values: { nps_latest_rating: 9 } }])).rejects.toMatchObject({
    code: 'upstream_refused',
    concerns: 'request',
  });
});
