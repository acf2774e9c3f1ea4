import { describe, expect, test } from 'vitest';
import { ago, type Changes, day, factsWith, hour, minute, now } from '../../../test/facts.ts';
import { type Due, due } from './due.ts';

describe('the email is due', () => {
  test.each<[string, Changes, Date]>([
    ['its delay after the resolution', { survey: { delay: 'PT24H' } }, new Date('2026-03-21T11:00:00Z')],
    ['at once without a delay', { survey: { delay: 'PT0S' } }, now],
    ['at once when the delay has passed', { survey: { delay: 'PT30M' } }, now],
    ['when the delay ends, that very second', { survey: { delay: 'PT1H' } }, now],
    ['at once when somebody wants it, whatever the delay', { survey: { delay: 'PT24H' }, surveyRequest: {} }, now],
    [
      'no later for a vendor whose clock runs ahead of ours',
      { survey: { delay: 'PT0S' }, resolution: { resolvedAt: ago(-10 * minute) } },
      now,
    ],
  ])('%s', (_, changes, at) => {
    expect(due(factsWith(changes))).toMatchObject({ at, notes: [] });
  });
});

describe('a delay that adapts', () => {
  const adaptive = { afterReopening: 'P2D', longTicket: { over: 'P5D', delay: 'P3D' } };
  const survey = { delay: 'PT2H', timing: { adaptive } };
  const long = { createdAt: ago(5 * day + hour + 1) };
  const reopened = { reopenedBefore: true };
  const usual = (delay: string) => ({ code: 'delay.usual', params: { delay } }) as const;

  test.each<[string, Changes, number, Due['when']]>([
    ['is the usual one', { survey }, 2 * hour, usual('PT2H')],
    [
      'is longer for whose ticket was reopened before',
      { survey, contact: reopened },
      2 * day,
      { code: 'delay.after_reopening', params: { delay: 'P2D' } },
    ],
    [
      'is longer where the ticket took long',
      { survey, ticket: long },
      3 * day,
      { code: 'delay.long_ticket', params: { delay: 'P3D' } },
    ],
    [
      'is the usual one where it took just as long',
      { survey, ticket: { createdAt: ago(5 * day + hour) } },
      2 * hour,
      usual('PT2H'),
    ],
    ['is the usual one where nobody knows how long', { survey, untold: 'createdAt' }, 2 * hour, usual('PT2H')],
    [
      'is the longest that applies',
      { survey, ticket: long, contact: reopened },
      3 * day,
      { code: 'delay.long_ticket', params: { delay: 'P3D' } },
    ],
    [
      'is never shorter',
      { survey: { ...survey, delay: 'P4D' }, ticket: long, contact: reopened },
      4 * day,
      usual('P4D'),
    ],
    [
      'is for tickets alone',
      { survey, contact: reopened, surveyRequest: {} },
      hour,
      { code: 'delay.at_once', params: {} },
    ],
  ])('%s', (_, changes, length, when) => {
    expect(due(factsWith(changes))).toMatchObject({ at: ago(hour - length), when });
  });
});

describe('quiet hours', () => {
  const survey = { delay: 'PT1H', timing: { quietHours: { from: '12:00', until: '14:30' } } };
  const workspace = { name: 'UTC', of: 'workspace' } as const;
  const account = { name: 'America/New_York', of: 'account' } as const;
  const moved = (at: string, timeZone: string) =>
    ({ code: 'moved', params: { kind: 'quiet_hours', at, timeZone } }) as const;
  const assumed = (of: 'account' | 'workspace', zone: string) =>
    ({ code: 'zone_assumed', params: { of, zone } }) as const;

  test.each<[string, Changes['zones'] & object, string, Due['notes']]>([
    [
      'are those where the contact lives',
      [{ name: 'Europe/Berlin', of: 'contact' }, account, workspace],
      '2026-03-20T13:30:00Z',
      [moved('2026-03-20T13:30:00.000Z', 'Europe/Berlin')],
    ],
    [
      'are those of the connected account where nobody knows that',
      [account, workspace],
      '2026-03-20T12:00:00Z',
      [assumed('account', 'America/New_York')],
    ],
    [
      'are those of the workspace where nothing else is known',
      [workspace],
      '2026-03-20T14:30:00Z',
      [assumed('workspace', 'UTC'), moved('2026-03-20T14:30:00.000Z', 'UTC')],
    ],
    [
      'are not those of a zone that there is not',
      [{ name: 'Mars/Olympus', of: 'contact' }, { name: '', of: 'account' }, workspace],
      '2026-03-20T14:30:00Z',
      [
        { code: 'zone_ignored', params: { of: 'contact', zone: 'Mars/Olympus' } },
        { code: 'zone_ignored', params: { of: 'account', zone: '' } },
        assumed('workspace', 'UTC'),
        moved('2026-03-20T14:30:00.000Z', 'UTC'),
      ],
    ],
  ])('%s', (_, zones, at, notes) => {
    expect(due(factsWith({ survey, zones }))).toEqual({ when: expect.anything(), at: new Date(at), notes });
  });

  test('hold for whom somebody wants to be asked as well', () => {
    expect(due(factsWith({ survey, surveyRequest: {} })).at).toEqual(new Date('2026-03-20T14:30:00Z'));
  });

  test('need no zone where there are none', () => {
    expect(due(factsWith({ zones: [] })).notes).toEqual([]);
  });
});
