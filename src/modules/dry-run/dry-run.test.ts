import { describe, expect, test } from 'vitest';
import type { DecisionReason } from '../../model/messages/decision-reason.ts';
import { surveyDefinition } from '../surveys/survey.ts';
import { type Replayed, replayTickets } from './dry-run.ts';

const day = 86_400_000;
const start = Date.parse('2026-11-02T09:00:00Z');

/** A ticket resolved on the n-th day by this contact, with the email due a day later. */
function ticket(n: number, who: string, changes: Partial<Replayed> = {}): Replayed {
  const resolvedAt = new Date(start + n * day);
  return {
    connector: 'zendesk',
    ticket: `${n}-${who}`,
    resolvedAt,
    verdict: 'asked',
    reason: { code: 'asked', params: { kind: 'sent', survey: 'after' } },
    dueAt: new Date(resolvedAt.getTime() + day),
    contact: { key: who, asked: [] },
    ...changes,
  };
}

function run(tickets: readonly Replayed[], survey: object = {}, timeZone = 'UTC') {
  return replayTickets(surveyDefinition.parse({ key: 'after', metric: 'nps', ...survey }), tickets, timeZone);
}

describe('a replay', () => {
  test('of nothing finds nothing', () => {
    expect(run([])).toEqual({
      ...{ resolutions: 0, asked: 0, skipped: 0, reasons: [], days: [], busiestDay: 0 },
      ...{ deferredByCap: 0, examples: [] },
    });
  });

  test('asks a contact once in the quiet period, whatever the order of the tickets', () => {
    const tickets = [ticket(5, 'ann'), ticket(0, 'ann'), ticket(1, 'bob')];
    for (const order of [tickets, tickets.toReversed()]) {
      const { asked, skipped, reasons, days } = run(order, { quietPeriod: 'P30D' });
      expect({ asked, skipped, days }).toEqual({
        asked: 2,
        skipped: 1,
        days: [
          { day: '2026-11-03', emails: 1 },
          { day: '2026-11-04', emails: 1 },
        ],
      });
      expect(reasons).toMatchObject([{ reason: { code: 'quiet_period' }, count: 1 }]);
    }
  });

  test('tells of no contact who is left in peace when their email would have left', () => {
    const { examples } = run([ticket(0, 'ann'), ticket(1, 'ann')], { quietPeriod: 'P30D' });
    expect(examples.map(({ verdict, dueAt }) => [verdict, dueAt?.toISOString()])).toEqual([
      ['skipped', undefined],
      ['asked', '2026-11-03T09:00:00.000Z'],
    ]);
  });

  test('asks again once the quiet period is over, or at its end where the survey defers', () => {
    expect(run([ticket(0, 'ann'), ticket(9, 'ann')], { quietPeriod: 'P7D' })).toMatchObject({ asked: 2 });
    const deferred = run([ticket(0, 'ann'), ticket(2, 'ann')], {
      audience: { quietPeriod: 'P7D', whenQuiet: 'defer' },
    });
    expect(deferred).toMatchObject({ asked: 2, skipped: 0 });
    expect(deferred.days.map((one) => one.day)).toEqual(['2026-11-03', '2026-11-10']);
  });

  test('counts what a contact was really asked by then', () => {
    const asked = [{ metric: 'nps' as const, survey: 'other', at: new Date(start - day) }];
    expect(run([ticket(0, 'ann', { contact: { key: 'ann', asked } })])).toMatchObject({ asked: 0, skipped: 1 });
  });

  test('lets the rest of a day wait for the next one at the daily cap', () => {
    const tickets = ['a', 'b', 'c', 'd', 'e'].map((who) => ticket(0, who));
    expect(run(tickets, { dailyCap: 2 })).toMatchObject({
      asked: 5,
      busiestDay: 2,
      deferredByCap: 3,
      days: [
        { day: '2026-11-03', emails: 2 },
        { day: '2026-11-04', emails: 2 },
        { day: '2026-11-05', emails: 1 },
      ],
    });
    expect(run(tickets, { dailyCap: null })).toMatchObject({ busiestDay: 5, deferredByCap: 0 });
  });

  test('counts days where the workspace is', () => {
    const late = ticket(0, 'ann', { dueAt: new Date('2026-11-03T23:30:00Z') });
    expect(run([late]).days).toEqual([{ day: '2026-11-03', emails: 1 }]);
    expect(run([late], {}, 'Europe/Berlin').days).toEqual([{ day: '2026-11-04', emails: 1 }]);
  });

  test('tells why not, the most frequent reason first, and shows no contact', () => {
    const spam: DecisionReason = { code: 'spam', params: {} };
    const bouncedAt = (n: number): DecisionReason => ({
      code: 'undeliverable',
      params: { kind: 'bounced', at: new Date(start + n * day).toISOString() },
    });
    const skipped = (reason: DecisionReason, n: number): Replayed => {
      const { dueAt: _dueAt, ...rest } = ticket(n, 'ann', { verdict: 'skipped', reason });
      return rest;
    };
    const found = run([skipped(spam, 1), skipped(bouncedAt(2), 2), skipped(bouncedAt(3), 3)]);
    expect(found.reasons).toEqual([
      { reason: bouncedAt(3), count: 2 },
      { reason: spam, count: 1 },
    ]);
    expect(found.examples.map((one) => one.ticket)).toEqual(['3-ann', '2-ann', '1-ann']);
    expect(found.examples.every((one) => !('contact' in one))).toBe(true);
  });
});
