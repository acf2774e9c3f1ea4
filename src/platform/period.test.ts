import { expect, test } from 'vitest';
import { daysBefore, periodBefore, periodStart, splitPeriod, usualStep } from './period.ts';

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
  expect(periodStart(text, timeZone).toISOString()).toBe(expected);
});

test('days before keep the time of day when the clocks change between', () => {
  const timestamp = new Date('2026-11-01T11:00:00Z');

  expect(daysBefore(timestamp, 30, 'Europe/Berlin').toISOString()).toBe('2026-10-02T10:00:00.000Z');
  expect(daysBefore(timestamp, 30, 'UTC').toISOString()).toBe('2026-10-02T11:00:00.000Z');
});

const period = (from: string, until: string) => ({ from: new Date(from), until: new Date(until) });

test('the period before is as long by the calendar, though the clocks changed', () => {
  // November in Berlin, and the 30 days before it, in which the clocks went back.
  expect(periodBefore(period('2026-10-31T23:00:00Z', '2026-11-30T23:00:00Z'), 'Europe/Berlin')).toEqual(
    period('2026-10-01T22:00:00Z', '2026-10-31T23:00:00Z'),
  );
});

test.each([
  ['2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z', 'day'],
  ['2026-10-01T00:00:00Z', '2026-12-01T00:00:00Z', 'week'],
  ['2026-01-01T00:00:00Z', '2026-12-01T00:00:00Z', 'month'],
])('from %s until %s is shown by the %s', (from, until, step) => {
  expect(usualStep(period(from, until))).toBe(step);
});

test('is cut into weeks from Monday on, the first and the last as long as they are in it', () => {
  expect(splitPeriod(period('2026-11-04T10:00:00Z', '2026-11-17T00:00:00Z'), 'week', 'UTC')).toEqual([
    { key: '2026-11-02', ...period('2026-11-04T10:00:00Z', '2026-11-09T00:00:00Z') },
    { key: '2026-11-09', ...period('2026-11-09T00:00:00Z', '2026-11-16T00:00:00Z') },
    { key: '2026-11-16', ...period('2026-11-16T00:00:00Z', '2026-11-17T00:00:00Z') },
  ]);
});

test('is cut into days of 23 and 25 hours where the clocks change, also at midnight', () => {
  const hours = (from: string, until: string, zone: string) =>
    splitPeriod(period(from, until), 'day', zone).map((part) => [
      part.key,
      (part.until.getTime() - part.from.getTime()) / 3_600_000,
    ]);
  expect(hours('2026-10-23T22:00:00Z', '2026-10-26T23:00:00Z', 'Europe/Berlin')).toEqual([
    ['2026-10-24', 24],
    ['2026-10-25', 25],
    ['2026-10-26', 24],
  ]);
  expect(hours('2026-04-22T22:00:00Z', '2026-04-25T21:00:00Z', 'Africa/Cairo')).toEqual([
    ['2026-04-23', 24],
    ['2026-04-24', 23],
    ['2026-04-25', 24],
  ]);
});

test('is cut into months', () => {
  const months = splitPeriod(period('2026-01-15T00:00:00Z', '2026-03-01T00:00:00Z'), 'month', 'UTC');
  expect(months.map(({ key }) => key)).toEqual(['2026-01', '2026-02']);
});
