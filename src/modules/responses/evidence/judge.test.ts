import { describe, expect, test } from 'vitest';
import { everyNumber, later, minute, second, sentAt, traces } from '../../../../test/traces.ts';
import type { SignMessage } from '../../../model/messages/status-reason.ts';
import { type EvidenceCase, judge } from './judge.ts';
import type { Trace } from './trace.ts';

const hour = 60 * minute;
const commentWindow = 5 * minute;
const evening = { commentWindow, points: 11, sentAt, now: later(12 * hour) };
const hidden = (kind: 'along' | 'same_browser' | 'same_place'): SignMessage => ({
  code: 'hidden_link',
  params: { kind },
});
const levels = ['strict', 'balanced', 'instant'] as const;

function at(level: EvidenceCase['level'], of: readonly Trace[], more: Partial<EvidenceCase> = {}) {
  return judge(of, { ...evening, level, ...more });
}

/** What it comes to at each level, in a word. */
function standings(of: readonly Trace[], more: Partial<EvidenceCase> = {}): readonly (string | undefined)[] {
  return levels.map((level) => at(level, of, more)?.status);
}

describe('what was done comes to', () => {
  test.each<[string, readonly Trace[], readonly [strict: string, balanced: string, instant: string]]>([
    ['a tap and nothing more', traces({ after: hour, rating: 9 }), ['unconfirmed', 'unconfirmed', 'confirmed']],
    [
      'a tap and a touch of its page',
      traces({ after: hour, rating: 9 }, { after: hour + second, kind: 'act', rating: 9, page: 1 }),
      ['unconfirmed', 'confirmed', 'confirmed'],
    ],
    [
      'the form',
      traces({ after: 2 * second, rating: 9 }, { after: 4 * second, kind: 'submit', rating: 9, page: 1 }),
      ['confirmed', 'confirmed', 'confirmed'],
    ],
    [
      'every number opened at once, and the last page touched',
      traces(...everyNumber({ after: hour }), { after: hour + second, kind: 'act', rating: 10, page: 11 }),
      ['quarantined', 'quarantined', 'quarantined'],
    ],
    [
      'every number opened by a machine, and one by a person half a minute later',
      traces(
        ...everyNumber({ after: hour, network: 'proxy' }),
        { after: hour + 30 * second, rating: 8, network: 'proxy' },
        { after: hour + 40 * second, kind: 'act', rating: 8, page: 12, network: 'proxy' },
      ),
      ['unconfirmed', 'confirmed', 'confirmed'],
    ],
  ])('%s', (_what, of, expected) => {
    expect(standings(of)).toEqual(expected);
  });

  test('nothing where no number was chosen', () => {
    expect(at('instant', traces({ after: hour }, { after: hour, kind: 'hidden' }))).toBeUndefined();
  });

  test('pending while the window is open, which begins anew with each touch', () => {
    const touched = traces({ after: hour, rating: 9 }, { after: hour + 4 * minute, kind: 'act', rating: 9, page: 1 });
    const until = later(hour + 4 * minute + commentWindow);
    expect(at('balanced', touched, { now: later(hour + 6 * minute) })).toMatchObject({ status: 'pending', until });
    expect(at('balanced', touched, { now: until })).toMatchObject({ status: 'confirmed' });
  });

  test('the number that was chosen last, at the time when it was', () => {
    const changed = traces(
      { after: hour, rating: 9 },
      { after: hour + second, kind: 'act', rating: 9, page: 1 },
      { after: hour + minute, kind: 'act', rating: 6, page: 1 },
    );
    expect(at('balanced', changed)).toEqual({ status: 'confirmed', by: 'act', rating: 6, at: later(hour + minute) });
  });

  test('the tap that nothing speaks against, where another one is a machine’s', () => {
    const both = traces(
      { after: second, rating: 3 },
      { after: hour, rating: 9 },
      { after: 2 * hour, rating: 1, scanner: 'Mimecast' },
    );
    expect(at('balanced', both)).toMatchObject({ status: 'unconfirmed', rating: 9 });
    expect(at('instant', both)).toMatchObject({ status: 'confirmed', by: 'tap', rating: 9 });
  });
});

describe('a touch is held back where', () => {
  const tapped = { after: hour, rating: 9, visitor: 'v' };
  const touched = { after: hour + 2 * second, kind: 'act', rating: 9, visitor: 'v' } as const;

  test.each<[string, SignMessage, readonly Trace[]]>([
    [
      'a hidden link was opened in the same go',
      hidden('along'),
      traces(tapped, { after: hour + second, kind: 'hidden' }, { ...touched, page: 1 }),
    ],
    [
      'the same browser opened a hidden link long before',
      hidden('along'),
      traces({ after: minute, kind: 'hidden', visitor: 'v' }, tapped, { ...touched, page: 2 }),
    ],
    [
      'all numbers were opened in one go, by whomever and however slowly',
      { code: 'all_links', params: { numbers: 11 } },
      traces(...everyNumber({ after: hour, apart: 9 * second }), { ...touched, after: hour + 2 * minute, page: 11 }),
    ],
    [
      'the same browser opened all numbers within hours',
      { code: 'all_links', params: { numbers: 11 } },
      traces(...everyNumber({ after: hour, apart: 20 * minute, visitor: 'v' }), {
        ...touched,
        after: 5 * hour,
        page: 11,
      }),
    ],
    [
      'two numbers were opened faster than a person goes back',
      { code: 'several_numbers', params: { numbers: 2, within: 'PT2S' } },
      traces({ after: hour - second, rating: 3 }, tapped, { ...touched, page: 2 }),
    ],
    [
      'three were opened within seconds',
      { code: 'several_numbers', params: { numbers: 3, within: 'PT10S' } },
      traces({ after: hour - 6 * second, rating: 3 }, { after: hour - 3 * second, rating: 4 }, tapped, {
        ...touched,
        page: 3,
      }),
    ],
    [
      'its page was opened before a person could have read the email',
      { code: 'soon_after_delivery', params: { within: 'PT10S' } },
      traces({ ...tapped, after: 9 * second }, { ...touched, page: 1 }),
    ],
    [
      'its page was opened even before the email was known to have left',
      { code: 'soon_after_delivery', params: { within: 'PT10S' } },
      traces({ ...tapped, after: -second }, { ...touched, page: 1 }),
    ],
    [
      'a program that is no browser opened its page',
      { code: 'known_program', params: { kind: 'opened', program: 'Barracuda' } },
      traces({ ...tapped, scanner: 'Barracuda' }, { ...touched, page: 1 }),
    ],
  ])('%s', (_why, sign, of) => {
    for (const level of levels) {
      expect(at(level, of)).toMatchObject({
        status: 'quarantined',
        reason: { params: { signs: expect.arrayContaining([sign]) } },
      });
    }
  });

  test('every sign is told', () => {
    const scanned = traces({ after: 0, kind: 'hidden' }, ...everyNumber({ after: second, scanner: 'Mimecast' }));
    const judged = at('instant', scanned);
    expect(judged).toMatchObject({ status: 'quarantined', reason: { code: 'quarantined' } });
    expect(judged).toHaveProperty('reason.params.signs.length', 5);
  });
});

describe('a touch is a person’s where', () => {
  test.each<[string, readonly Trace[], Partial<EvidenceCase>?]>([
    [
      'a number tapped by mistake was left again',
      traces(
        { after: hour, rating: 3 },
        { after: hour + 4 * second, rating: 9 },
        {
          after: hour + 6 * second,
          kind: 'act',
          rating: 9,
          page: 2,
        },
      ),
    ],
    [
      'the same link was opened twice at once, as a scanner does when somebody taps',
      traces(
        { after: hour, rating: 9, network: 'scanner' },
        { after: hour, rating: 9 },
        {
          after: hour + second,
          kind: 'act',
          rating: 9,
          page: 2,
        },
      ),
    ],
    [
      'a hidden link was opened by a scanner long before',
      traces(
        { after: second, kind: 'hidden' },
        { after: hour, rating: 9 },
        {
          after: hour + second,
          kind: 'act',
          rating: 9,
          page: 2,
        },
      ),
    ],
    [
      'the link came by another way than mail',
      traces({ after: 0, rating: 9 }, { after: second, kind: 'act', rating: 9, page: 1 }),
      { sentAt: null },
    ],
  ])('%s', (_why, of, more) => {
    expect(at('balanced', of, more)).toMatchObject({ status: 'confirmed', by: 'act', rating: 9 });
  });
});

describe('a Submit', () => {
  const opened = { after: 2 * second, rating: 9, visitor: 'v', network: 'n' };
  const submit = { after: 4 * second, kind: 'submit', rating: 9, visitor: 'v', network: 'n', page: 1 } as const;
  const strange = { ...submit, visitor: null, page: null };
  const sprung = (more: object) => ({ after: second, kind: 'hidden' as const, network: 'n', ...more });

  test.each<[string, readonly Trace[]]>([
    ['soon after delivery', traces(opened, submit)],
    [
      'of a page in the midst of a scan',
      traces(opened, ...everyNumber({ after: 3 * second, visitor: 'other' }), submit),
    ],
    [
      'from behind the proxy through which a scanner opened the hidden link',
      traces(opened, sprung({ visitor: 's' }), submit),
    ],
    ['without our page', traces(strange)],
    ['without our page, by a program somebody wrote', traces({ ...strange, scanner: 'script' })],
    ['without our page, some seconds after a scanner', traces(sprung({}), { ...strange, after: 7 * second })],
    [
      'of our page by a browser that a scanner drives but that opened no hidden link',
      traces(opened, { ...submit, scanner: 'Mimecast' }),
    ],
    ['after taps that were a machine’s', traces(...everyNumber({ after: 0 }), { ...submit, page: null })],
  ])('%s confirms', (_how, of) => {
    for (const level of levels) expect(at(level, of)).toMatchObject({ status: 'confirmed', by: 'submit', rating: 9 });
  });

  test.each<[string, SignMessage, readonly Trace[]]>([
    [
      'of the browser that opened the hidden link',
      hidden('same_browser'),
      traces(sprung({ visitor: 'v' }), opened, { ...submit, page: 2 }),
    ],
    [
      'of a page whose browser opened the hidden link',
      hidden('same_browser'),
      traces(sprung({ visitor: 'v' }), opened, { ...submit, visitor: null, page: 2 }),
    ],
    [
      'without cookie, right after the hidden link was opened from there',
      hidden('same_place'),
      traces(sprung({}), opened, { ...strange, page: 2 }),
    ],
    [
      'without our page, right after the hidden link was opened from there',
      hidden('same_place'),
      traces(sprung({}), { ...submit, page: null }),
    ],
    [
      'without our page, by a scanner',
      { code: 'known_program', params: { kind: 'submitted', program: 'Mimecast' } },
      traces({ ...strange, scanner: 'Mimecast' }),
    ],
  ])('%s is a machine’s', (_how, sign, of) => {
    for (const level of levels) {
      expect(at(level, of)).toMatchObject({
        status: 'quarantined',
        reason: { params: { signs: expect.arrayContaining([sign]) } },
      });
    }
  });

  test('of a person stands whatever a machine submits later', () => {
    const both = traces(opened, submit, { ...strange, after: hour, rating: 0, scanner: 'Mimecast' });
    expect(at('balanced', both)).toMatchObject({ status: 'confirmed', rating: 9 });
  });
});
