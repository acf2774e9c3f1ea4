import { expect, it } from 'vitest';
import { nextMidnight } from './midnight.ts';

it.each([
  ['in Tokyo', 'Asia/Tokyo', '2026-11-22T10:00:00Z', '2026-11-22T15:00:00Z'],
  ['at midnight itself', 'Asia/Tokyo', '2026-11-22T15:00:00Z', '2026-11-23T15:00:00Z'],
  ['on a day of 23 hours', 'Europe/Berlin', '2026-03-29T00:30:00Z', '2026-03-29T22:00:00Z'],
  ['on a day of 25 hours', 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25T23:00:00Z'],
  ['where the day begins at one o’clock', 'America/Santiago', '2026-09-06T02:00:00Z', '2026-09-06T04:00:00Z'],
])('the next midnight %s', (_title, timeZone, now, midnight) => {
  expect(nextMidnight(new Date(now), timeZone)).toEqual(new Date(midnight));
});

it('is nothing without a time zone, or in one that there is not', () => {
  expect(nextMidnight(new Date(), undefined)).toBeUndefined();
  expect(nextMidnight(new Date(), 'Mars/Olympus')).toBeUndefined();
});
