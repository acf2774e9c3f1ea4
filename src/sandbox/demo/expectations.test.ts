import { describe, expect, test } from 'vitest';
import { compare, type ExpectedAnswer, expectAnswer, expectNothing } from './expectations.ts';

const answered: ExpectedAnswer = {
  rating: 9,
  category: 'promoter',
  comment: 'Fine',
  ticket: '7',
  agent: 'Robin',
  survey: 'after-ticket',
  from: new Date('2026-11-22T23:59:59Z'),
  until: new Date('2026-11-23T00:00:01Z'),
};

const shared = {
  nps_latest_comment: 'Fine',
  nps_latest_survey: 'after-ticket',
  nps_latest_ticket: 'zendesk:7',
  nps_latest_agent: 'Robin',
};

const records = {
  hubspot: {
    ...shared,
    nps_latest_rating: '9',
    nps_latest_category: 'promoter',
    nps_latest_date: '2026-11-23T00:00:00.250Z',
    nps_response_count: '1',
    nps_previous_rating: '',
    nps_trend: 'first',
    feedback_last_change: 'answered',
  },
  zendesk: {
    ...shared,
    nps_latest_rating: 9,
    nps_latest_category: 'nps_promoter',
    nps_latest_date: '2026-11-23T00:00:00+00:00',
    nps_response_count: 1,
    nps_previous_rating: null,
    nps_trend: 'nps_first',
    feedback_last_change: 'change_answered',
  },
} as const;

const complaints = (record: object, expectations: Parameters<typeof compare>[1]) =>
  compare({ ...record }, expectations).flatMap(({ key, complaint }) => (complaint === undefined ? [] : [key]));

describe.each(['hubspot', 'zendesk'] as const)('an answer as %s keeps it', (vendor) => {
  const expectations = expectAnswer(vendor, answered);

  test('is what is expected', () => {
    expect(complaints(records[vendor], expectations)).toEqual([]);
  });

  test('is complained about field by field', () => {
    for (const key of Object.keys(records[vendor])) {
      const damaged = { ...records[vendor], [key]: 'something else' };
      expect(complaints(damaged, expectations)).toEqual([key]);
    }
  });

  test('is not taken in the form of another vendor, from another day, or from nowhere', () => {
    const other = records[vendor === 'hubspot' ? 'zendesk' : 'hubspot'];
    expect(complaints(other, expectations)).toEqual(
      expect.arrayContaining(['nps_latest_rating', 'nps_latest_category', 'nps_latest_date', 'nps_trend']),
    );
    for (const date of ['2026-11-22T23:59:58Z', '2026-11-24T00:00:00+00:00', '2026-11-23']) {
      const complained = complaints({ ...records[vendor], nps_latest_date: date }, expectations);
      if (vendor === 'hubspot' || date !== '2026-11-23') expect(complained).toEqual(['nps_latest_date']);
    }
    expect(complaints({}, expectations)).toEqual(
      Object.keys(expectations).filter((key) => key !== 'nps_previous_rating'),
    );
  });
});

test('says what is there and what should be', () => {
  const [first] = compare({ nps_latest_rating: '3' }, { nps_latest_rating: '9' });
  expect(first?.complaint).toBe('is "3", but should be "9"');
  const [missing] = compare({}, { nps_latest_rating: '9' });
  expect(missing?.complaint).toBe('is not there, but should be "9"');
});

test('expects nothing of a contact who was never asked', () => {
  expect(complaints({ nps_latest_rating: null, nps_latest_comment: '' }, expectNothing)).toEqual([]);
  expect(complaints({ feedback_last_asked_date: '2026-11-22' }, expectNothing)).toEqual(['feedback_last_asked_date']);
});
