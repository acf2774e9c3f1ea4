import { expect, test } from 'vitest';
import { beginningOf, daysBefore } from './period.ts';

test.each([
  ['2026-11-22', 'UTC', '2026-11-22T00:00:00.000Z'],
  ['2026-11-22', 'Europe/Berlin', '2026-11-21T23:00:00.000Z'],
  ['2026-07-01', 'Europe/Berlin', '2026-06-30T22:00:00.000Z'],
  ['2026-11-22', 'Pacific/Auckland', '2026-11-21T11:00:00.000Z'],
  // Midnight does not exist where the clocks go forward at midnight.
  ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
  ['2026-11-22T10:00:00Z', 'Europe/Berlin', '2026-11-22T10:00:00.000Z'],
  ['2026-11-22T10:00:00+05:30', 'Europe/Berlin', '2026-11-22T04:30:00.000Z'],
])('%s in %s begins at %s', (text, timeZone, expected) => {
  expect(beginningOf(text, timeZone).toISOString()).toBe(expected);
});

test('days before keep the time of day when the clocks change between', () => {
  const moment = new Date('2026-11-01T11:00:00Z');

  expect(daysBefore(moment, 30, 'Europe/Berlin').toISOString()).toBe('2026-10-02T10:00:00.000Z');
  expect(daysBefore(moment, 30, 'UTC').toISOString()).toBe('2026-10-02T11:00:00.000Z');
});
