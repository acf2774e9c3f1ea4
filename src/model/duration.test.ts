import { describe, expect, test } from 'vitest';
import { duration, durationBetween, milliseconds, readDuration } from './duration.ts';
import { readFields } from './field-problems.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('a duration is read', () => {
  test.each([
    ['PT0S', 0],
    ['PT0.5S', 500],
    ['PT5S', 5 * second],
    ['PT15M', 15 * minute],
    ['PT24H', day],
    ['PT1.5H', 90 * minute],
    ['P1D', day],
    ['P1DT1H1M1S', day + hour + minute + second],
    ['P2W', 14 * day],
    ['P90D', 90 * day],
    ['pt1h', hour],
  ])('%s is %d ms', (text, length) => {
    expect(readDuration(text)).toBe(length);
    expect(milliseconds(text)).toBe(length);
    expect(duration.safeParse(text).success).toBe(true);
  });
});

describe('what has no fixed length is refused', () => {
  test.each(['', 'P', 'PT', 'P1M', 'P1Y', 'P1Y1D', '-PT1S', '1 day', '24h', '3600', 'P1D2', ' P1D', 'PT1H ', 'P1H'])(
    '%j',
    (text) => {
      expect(readDuration(text)).toBeUndefined();
      expect(() => milliseconds(text)).toThrow(RangeError);
      expect(readFields(duration, text).problems).toMatchObject([{ message: { code: 'field.duration' } }]);
    },
  );
});

describe('a duration between PT1M and P1D', () => {
  const bounded = durationBetween('PT1M', 'P1D');

  test.each(['PT1M', 'PT60S', 'PT12H', 'PT24H', 'P1D'])('may be %s', (text) => {
    expect(bounded.parse(text)).toBe(text);
  });

  test.each(['PT0S', 'PT59S', 'P1DT1S', 'P1W'])('may not be %s', (text) => {
    expect(readFields(bounded, text).problems).toMatchObject([
      { message: { code: 'field.duration_range', params: { min: 'PT1M', max: 'P1D' } } },
    ]);
  });

  test('says once what is wrong with something else', () => {
    expect(bounded.safeParse('soon').error?.issues).toHaveLength(1);
  });
});
