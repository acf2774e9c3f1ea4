import { describe, expect, test } from 'vitest';
import { type Changes, factsWith } from '../../../test/facts.ts';
import { decide } from './decide.ts';
import type { ContactFacts } from './facts.ts';

const onlyIf = (...conditions: object[]) => ({ survey: { audience: { conditions } } });

describe('what is not known', () => {
  test('an address, is none to ask at', () => {
    const { contact, ...facts } = factsWith();
    const { email: _unknown, ...nameless } = contact as ContactFacts;

    expect(decide({ ...facts, contact: nameless }).reason.code).toBe('no_email');
  });

  test('the age of a sealed ticket, may be any age', () => {
    const changes: Changes = { ticket: { archived: true }, resolution: { exact: false, seenOpen: false } };

    expect(decide(factsWith(changes)).reason.code).toBe('asked');
    expect(decide(factsWith({ ...changes, untold: 'createdAt' })).reason.code).toBe('unknown_time');
  });

  test('a field of a condition, leaves the condition out, and the decision says so', () => {
    const conditions = onlyIf(
      { field: 'brand', is: ['Acme'] },
      { field: 'publicReplies', atLeast: 2 },
      { field: 'property', property: 'plan', is: ['pro'] },
    );

    expect(decide(factsWith({ ...conditions, untold: 'publicReplies' }))).toMatchObject({
      verdict: 'asked',
      notes: [
        { code: 'replies_unknown', params: {} },
        { code: 'condition_unknown', params: { field: 'brand' } },
        { code: 'condition_unknown', params: { field: 'publicReplies' } },
        { code: 'condition_unknown', params: { field: 'property', property: 'plan' } },
      ],
    });
  });
});

test('who handled a ticket is not known: the rule is not applied, and the decision says so', () => {
  expect(decide(factsWith({ untold: 'handler' }))).toMatchObject({
    verdict: 'asked',
    notes: [{ code: 'automation_unknown', params: {} }],
  });
});
