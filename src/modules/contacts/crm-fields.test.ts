import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answer, ces, csat, none, nps, on } from '../../../test/answers.ts';
import { doNotSurveyKey, type RecordValues, recordFields } from '../../model/crm-field-definitions.ts';
import type { Metric } from '../../model/scale.ts';
import { fieldValues, metricsIn } from './crm-fields.ts';

describe('a score', () => {
  test('of a first answer holds every field of its metric', () => {
    expect(fieldValues([nps(9, 4, { comment: 'Quick!' })], none)).toEqual({
      nps_latest_rating: 9,
      nps_latest_category: 'promoter',
      nps_latest_comment: 'Quick!',
      nps_latest_date: '2026-03-04T09:30:00.000Z',
      nps_response_count: 1,
      nps_previous_rating: null,
      nps_trend: 'first',
      nps_latest_survey: 'nps-survey',
      nps_latest_ticket: 'zendesk:4',
      nps_latest_agent: 'Grace',
      feedback_at_risk: false,
      feedback_advocate: false,
      feedback_flag_reason: null,
      feedback_last_change: 'answered',
    });
  });

  test.each([
    ['csat', csat(2, 4, { scale: 10, comment: 'Slow' }), { scale: 10, category: 'negative' }],
    ['ces', ces(6, 4, { comment: 'Slow' }), { scale: 7, category: 'easy' }],
  ])('of %s says on which scale', (metric, response, { scale, category }) => {
    expect(fieldValues([response], none)).toEqual({
      [`${metric}_latest_rating`]: response.rating,
      [`${metric}_latest_scale`]: scale,
      [`${metric}_latest_category`]: category,
      [`${metric}_latest_comment`]: 'Slow',
      [`${metric}_latest_date`]: '2026-03-04T09:30:00.000Z',
      [`${metric}_latest_survey`]: `${metric}-survey`,
      [`${metric}_response_count`]: 1,
      feedback_at_risk: false,
      feedback_advocate: false,
      feedback_flag_reason: null,
      feedback_last_change: 'answered',
    });
  });

  test('of a second answer is that of the latest, beside the one before', () => {
    const values = fieldValues([nps(9, 4, { comment: 'Quick!' }), nps(3, 5, { survey: 'b', agent: null })], none);

    expect(values).toMatchObject({
      nps_latest_rating: 3,
      nps_latest_category: 'detractor',
      nps_latest_comment: null,
      nps_latest_date: on(5).toISOString(),
      nps_response_count: 2,
      nps_previous_rating: 9,
      nps_trend: 'down',
      nps_latest_survey: 'b',
      nps_latest_ticket: 'zendesk:5',
      nps_latest_agent: null,
    });
  });

  test('of a third looks back one answer only', () => {
    expect(fieldValues([nps(9, 4), nps(3, 5), nps(7, 6)], none)).toMatchObject({
      nps_response_count: 3,
      nps_previous_rating: 3,
      nps_trend: 'up',
    });
  });

  test.each([
    [3, 9, 'up'],
    [9, 3, 'down'],
    [9, 10, 'up'],
    [0, 0, 'same'],
  ])('from %d to %d has the trend %s', (before, after, trend) => {
    expect(fieldValues([nps(before, 4), nps(after, 5)], none)).toMatchObject({
      nps_previous_rating: before,
      nps_trend: trend,
    });
  });

  test('after a change of mind keeps count, trend and place, and moves the date', () => {
    const changed = nps(4, 5, { ratedAt: on(8) });

    expect(fieldValues([nps(6, 4), changed], none)).toMatchObject({
      nps_latest_rating: 4,
      nps_latest_date: on(8).toISOString(),
      nps_response_count: 2,
      nps_trend: 'down',
    });
    expect(fieldValues([changed, nps(7, 6)], none)).toMatchObject({ nps_latest_rating: 7, nps_previous_rating: 4 });
  });

  test('keeps a rating of zero', () => {
    expect(fieldValues([nps(0, 4), nps(0, 5)], none)).toMatchObject({ nps_latest_rating: 0, nps_previous_rating: 0 });
  });

  test('of two metrics holds both, each counted by itself', () => {
    const values = fieldValues([nps(9, 4), csat(5, 5), nps(8, 6)], none);

    expect(values).toMatchObject({ nps_response_count: 2, nps_latest_rating: 8, nps_previous_rating: 9 });
    expect(values).toMatchObject({ csat_response_count: 1, csat_latest_rating: 5 });
  });

  test.each(['answered', 'corrected', 'retracted', 'merged', 'imported'] as const)('says why: %s', (lastChange) => {
    expect(fieldValues([nps(9, 4)], { ...none, lastChange }).feedback_last_change).toBe(lastChange);
  });
});

test.each<{ answered: readonly Metric[] }>([
  { answered: [] },
  { answered: ['nps'] },
  { answered: ['nps', 'csat'] },
  { answered: ['ces'] },
])('the metrics in a score are those answered: $answered', ({ answered }) => {
  expect(
    metricsIn(
      fieldValues(
        answered.map((metric, day) => answer(metric, 5, day)),
        none,
      ),
    ),
  ).toEqual(answered);
});

describe('a metric without an answer left', () => {
  const cleared = fieldValues([], { ...none, known: ['nps'], lastChange: 'retracted' });

  test('is cleared, with count 0', () => {
    const { nps_response_count: count, feedback_last_change: change, ...rest } = cleared;
    const flags = { feedback_at_risk: false, feedback_advocate: false, feedback_flag_reason: null };
    const fields = recordFields.map(({ key }) => key).filter((key) => key.startsWith('nps_'));

    expect(count).toBe(0);
    expect(change).toBe('retracted');
    expect(rest).toEqual({
      ...Object.fromEntries(fields.filter((key) => key !== 'nps_response_count').map((key) => [key, null])),
      ...flags,
    });
  });

  test('stays cleared', () => {
    expect(fieldValues([], { ...none, known: metricsIn(cleared), lastChange: 'retracted' })).toEqual(cleared);
  });

  test('leaves the others alone', () => {
    expect(fieldValues([ces(5, 4)], { ...none, known: ['csat', 'ces'] })).toMatchObject({
      csat_response_count: 0,
      csat_latest_scale: null,
      ces_response_count: 1,
      ces_latest_rating: 5,
    });
  });
});

describe('of a contact who never answered', () => {
  test('nothing is touched', () => {
    expect(fieldValues([], { ...none, lastChange: null })).toEqual({});
  });

  test('only the date of asking is kept', () => {
    expect(fieldValues([], { ...none, lastAskedAt: on(3) })).toEqual({ feedback_last_asked_date: on(3).toISOString() });
  });
});

test('the date of asking stands beside an answer', () => {
  expect(fieldValues([nps(9, 4)], { ...none, lastAskedAt: on(3) })).toMatchObject({
    feedback_last_asked_date: on(3).toISOString(),
    nps_response_count: 1,
  });
});

test('a score rests on the set of responses alone, in whatever order they come', () => {
  const response = fc
    .record({ metric: fc.constantFrom<Metric>('nps', 'csat', 'ces'), rating: fc.integer({ min: 1, max: 5 }) })
    .chain(({ metric, rating }) => fc.nat({ max: 3 }).map((day) => answer(metric, rating, day)));
  const shuffled = fc
    .array(response, { maxLength: 8 })
    .map((drawn) => drawn.map((one, index) => ({ ...one, id: `response-${index}` })))
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
  fc.assert(
    fc.property(shuffled, ([all, others]) => {
      expect(fieldValues(others, none)).toEqual(fieldValues(all, none));
    }),
  );
});

test('every field but the one people own has a value of its type, and of its options', () => {
  const comment = 'Quick!';
  const all: RecordValues = fieldValues(
    [nps(8, 1), nps(9, 2, { comment }), csat(5, 3, { comment }), ces(2, 4, { comment })],
    { ...none, lastAskedAt: on(5) },
  );
  const types = { number: 'number', flag: 'boolean', text: 'string', long_text: 'string', timestamp: 'string' };
  const written = recordFields.filter(({ key }) => key !== doNotSurveyKey);

  expect(Object.keys(all).sort()).toEqual(written.map(({ key }) => key).sort());
  for (const field of written) {
    const value = all[field.key];
    if (field.type === 'choice') expect(field.options.map((option) => option.value)).toContain(value);
    else expect(typeof value).toBe(types[field.type]);
    if (field.type === 'timestamp') expect(new Date(String(value)).toISOString()).toBe(value);
  }
});
