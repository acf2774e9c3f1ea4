import { describe, expect, test } from 'vitest';
import { type Changes, factsWith } from '../../../test/facts.ts';
import { decide } from './decide.ts';
import type { Person } from './facts.ts';

const onlyIf = (...conditions: object[]) => ({ survey: { audience: { conditions } } });

describe('what is not known', () => {
  test('an address, is none to ask at', () => {
    const { person, ...facts } = factsWith();
    const { email: _unknown, ...nameless } = person as Person;

    expect(decide({ ...facts, person: nameless }).reason).toBe('no_email');
  });

  test('the age of a sealed ticket, may be any age', () => {
    const changes: Changes = { ticket: { sealed: true }, resolution: { exact: false, seenOpen: false } };

    expect(decide(factsWith(changes)).reason).toBe('asked');
    expect(decide(factsWith({ ...changes, untold: 'createdAt' })).reason).toBe('unknown_time');
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
        'Whether an agent replied publicly is not known to this system, so that rule was not applied.',
        "The ticket's brand is not known to this system, so that condition was not applied.",
        "The ticket's number of public replies is not known to this system, so that condition was not applied.",
        'The person\'s property "plan" is not known to this system, so that condition was not applied.',
      ],
    });
  });
});

test('who handled a ticket is not known: the rule is not applied, and the decision says so', () => {
  expect(decide(factsWith({ untold: 'handler' }))).toMatchObject({
    verdict: 'asked',
    notes: ['Whether a person or a rule closed the ticket is not known to this system, so that rule was not applied.'],
  });
});
