import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openFrom } from './due.ts';

const night = { from: '21:00', until: '08:00' };
const lunch = { from: '12:00', until: '13:30' };

describe('what would leave', () => {
  test.each([
    [
      'in quiet hours leaves when they end',
      night,
      false,
      'Europe/Berlin',
      '2026-11-24T22:00+01:00',
      '2026-11-25T08:00+01:00',
    ],
    [
      'after midnight leaves that morning',
      night,
      false,
      'Europe/Berlin',
      '2026-11-25T03:00+01:00',
      '2026-11-25T08:00+01:00',
    ],
    ['the moment they begin waits', night, false, 'Asia/Kolkata', '2026-11-24T21:00+05:30', '2026-11-25T08:00+05:30'],
    [
      'a moment before does not',
      night,
      false,
      'Asia/Kolkata',
      '2026-11-24T20:59:59+05:30',
      '2026-11-24T20:59:59+05:30',
    ],
    [
      'the moment they end does not wait',
      night,
      false,
      'Asia/Kolkata',
      '2026-11-25T08:00+05:30',
      '2026-11-25T08:00+05:30',
    ],
    [
      'at noon waits for the same day',
      lunch,
      false,
      'America/New_York',
      '2026-11-24T12:10-05:00',
      '2026-11-24T13:30-05:00',
    ],
    [
      'on a Saturday leaves on Monday',
      undefined,
      true,
      'America/New_York',
      '2026-11-21T10:00-05:00',
      '2026-11-23T00:00-05:00',
    ],
    [
      'on Friday night leaves on Monday, when the night is over',
      night,
      true,
      'Europe/Berlin',
      '2026-11-20T21:30+01:00',
      '2026-11-23T08:00+01:00',
    ],
    ['on a Friday leaves', undefined, true, 'Europe/Berlin', '2026-11-20T23:59+01:00', '2026-11-20T23:59+01:00'],
    [
      'on Friday there, which is Saturday elsewhere, leaves',
      undefined,
      true,
      'America/New_York',
      '2026-11-21T02:00Z',
      '2026-11-21T02:00Z',
    ],
    [
      'any time without quiet hours leaves',
      undefined,
      false,
      'Europe/Berlin',
      '2026-11-21T03:00Z',
      '2026-11-21T03:00Z',
    ],
  ])('%s', (_, quietHours, weekdaysOnly, zone, at, opens) => {
    const hours = { weekdaysOnly, ...(quietHours ? { quietHours } : {}) };
    expect(openFrom(new Date(at), hours, zone).toISOString()).toBe(new Date(opens).toISOString());
  });
});

describe('when the clocks change', () => {
  test.each([
    [
      'the night of the spring is an hour shorter',
      night,
      'Europe/Berlin',
      '2026-03-28T21:00+01:00',
      '2026-03-29T08:00+02:00',
    ],
    [
      'the night of the autumn is an hour longer',
      night,
      'Europe/Berlin',
      '2026-10-24T21:00+02:00',
      '2026-10-25T08:00+01:00',
    ],
    [
      'an end that no clock shows is after the gap',
      { from: '23:00', until: '02:30' },
      'Europe/Berlin',
      '2026-03-29T01:00+01:00',
      '2026-03-29T03:30+02:00',
    ],
    [
      'of two ends the first counts',
      { from: '23:00', until: '02:30' },
      'Europe/Berlin',
      '2026-10-25T01:00+02:00',
      '2026-10-25T02:30+02:00',
    ],
    [
      'and the second, once the first is over',
      { from: '23:00', until: '02:30' },
      'Europe/Berlin',
      '2026-10-25T02:10+01:00',
      '2026-10-25T02:30+01:00',
    ],
    [
      'the same in New York',
      { from: '23:00', until: '01:30' },
      'America/New_York',
      '2026-11-01T01:10-05:00',
      '2026-11-01T01:30-05:00',
    ],
    [
      'and in spring',
      { from: '23:00', until: '02:30' },
      'America/New_York',
      '2026-03-08T00:30-05:00',
      '2026-03-08T03:30-04:00',
    ],
    [
      'a day that was left out is not waited for',
      { from: '20:00', until: '07:00' },
      'Pacific/Apia',
      '2011-12-29T22:00-10:00',
      '2011-12-31T07:00+14:00',
    ],
  ])('%s', (_, quietHours, zone, at, opens) => {
    const hours = { quietHours, weekdaysOnly: false };
    expect(openFrom(new Date(at), hours, zone).toISOString()).toBe(new Date(opens).toISOString());
  });

  test('the weekend after a Friday that was left out is one', () => {
    const hours = { weekdaysOnly: true };
    expect(openFrom(new Date('2011-12-31T09:00+14:00'), hours, 'Pacific/Apia')).toEqual(
      new Date('2012-01-02T00:00+14:00'),
    );
  });
});

test('it is never before it was due, never closed, and never moved when it was open', () => {
  const clock = fc
    .tuple(fc.nat(23), fc.constantFrom('00', '30'))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
  const zones = fc.constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kolkata',
    'Pacific/Apia',
    'Australia/Lord_Howe',
    'Africa/Cairo',
  );
  const timestamps = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(timestamps, clock, clock, fc.boolean(), zones, (at, from, until, weekdaysOnly, zone) => {
      fc.pre(from !== until);
      const hours = { quietHours: { from, until }, weekdaysOnly };
      const opens = openFrom(at, hours, zone);
      expect(opens.getTime()).toBeGreaterThanOrEqual(at.getTime());
      expect(openFrom(opens, hours, zone)).toEqual(opens);
      const shown = opens.toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
      expect(from < until ? shown >= from && shown < until : shown >= from || shown < until).toBe(false);
    }),
  );
});
