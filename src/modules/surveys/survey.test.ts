import { describe, expect, test } from 'vitest';
import { readFields } from '../../model/field-problems.ts';
import { readContent, surveyContentFrom, surveyDefinition, surveyFile, surveyScale } from './survey.ts';

const written = { key: 'after-ticket', metric: 'nps' };
const full = {
  key: 'after-ticket',
  metric: 'nps',
  status: 'live',
  company: 'Acme',
  delay: 'PT24H',
  reminders: ['P3D'],
  quietPeriod: 'P90D',
  commentWindow: 'PT5M',
  confirm: 'balanced',
  dailyCap: 500,
  languages: ['en'],
};

/** What is wrong with it: where, and how it is said. */
function problems(survey: unknown): readonly (readonly [string, string])[] {
  const read = readFields(surveyDefinition, survey);
  return (read.problems ?? []).map(({ field, message }) => [field, message.code] as const);
}

describe('what is left out', () => {
  test.each([
    ['nps', { scale: 10, delay: 'PT24H', quietPeriod: 'P90D' }],
    ['csat', { scale: 5, delay: 'PT15M', quietPeriod: 'P7D' }],
    ['ces', { scale: 7, delay: 'PT2H', quietPeriod: 'P7D' }],
  ])('has the usual value of %s', (metric, { scale, delay, quietPeriod }) => {
    expect(surveyDefinition.parse({ key: 'a', metric })).toEqual({
      key: 'a',
      metric,
      status: 'draft',
      scale,
      texts: { company: 'us', languages: ['en'], own: {} },
      branding: {},
      audience: {
        ...{ quietPeriod, quietPeriodAcross: 'P7D', whenQuiet: 'drop', dailyCap: 500, conditions: [] },
        ...{ unanswered: 'skip', closedByAutomation: 'skip' },
      },
      timing: { delay, weekdaysOnly: false, commentWindow: 'PT5M', expires: 'P28D', late: 'refuse' },
      reminders: [],
      followUp: { comment: true, mayContact: false },
      delivery: { confirm: 'balanced' },
    });
  });

  test('stays left out of nothing that is said', () => {
    expect(surveyDefinition.parse(full)).toMatchObject({
      status: 'live',
      texts: { company: 'Acme', languages: ['en'] },
      audience: { quietPeriod: 'P90D', dailyCap: 500 },
      timing: { delay: 'PT24H', commentWindow: 'PT5M' },
      reminders: ['P3D'],
      delivery: { confirm: 'balanced' },
    });
  });

  test('is as good as said: both make the same content', () => {
    expect(surveyContentFrom(surveyDefinition.parse({ ...written, company: 'Acme', reminders: ['P3D'] }))).toEqual(
      surveyContentFrom(surveyDefinition.parse(full)),
    );
  });
});

describe('what most surveys say', () => {
  test.each<[object, object]>([
    [{ company: 'Acme', languages: ['de'] }, { texts: { company: 'Acme', languages: ['de'] } }],
    [{ quietPeriod: 'P1D', dailyCap: null }, { audience: { quietPeriod: 'P1D', dailyCap: null } }],
    [
      { delay: 'PT1H', commentWindow: 'PT0S', expires: 'P1D' },
      { timing: { delay: 'PT1H', commentWindow: 'PT0S', expires: 'P1D' } },
    ],
    [{ confirm: 'strict' }, { delivery: { confirm: 'strict' } }],
  ])('%j is %j', (short, long) => {
    expect(surveyDefinition.parse({ ...written, ...short })).toEqual(surveyDefinition.parse({ ...written, ...long }));
  });

  test('said beside its part leaves the rest of the part alone', () => {
    const { timing } = surveyDefinition.parse({ ...written, delay: 'PT1H', timing: { weekdaysOnly: true } });
    expect(timing).toMatchObject({ delay: 'PT1H', weekdaysOnly: true });
  });
});

test('a version that was kept reads as what it was, with the usual value of what came since', () => {
  const content = surveyContentFrom(surveyDefinition.parse(full));
  expect(readContent(JSON.parse(JSON.stringify(content)))).toEqual(content);
  expect(readContent({ metric: 'csat', scale: 3 })).toEqual(
    surveyContentFrom(surveyDefinition.parse({ key: 'a', metric: 'csat', scale: 3 })),
  );
});

test('the content leaves out what no version freezes', () => {
  const draft = surveyContentFrom(surveyDefinition.parse(written));

  expect(surveyContentFrom(surveyDefinition.parse({ ...written, key: 'other', status: 'live' }))).toEqual(draft);
});

test.each([
  ['nps', undefined, { lowest: 0, highest: 10 }],
  ['csat', 7, { lowest: 1, highest: 7 }],
  ['ces', 5, { lowest: 1, highest: 5 }],
])('%s with scale %s goes from %o', (metric, scale, ends) => {
  const content = surveyContentFrom(surveyDefinition.parse({ key: 'a', metric, ...(scale ? { scale } : {}) }));

  expect(surveyScale(content)).toEqual({ metric, ...ends });
});

describe('what may be said', () => {
  test.each<object>([
    { key: 'a' },
    { key: '0' },
    { key: '2nd-survey-of-29' },
    { key: 'x'.repeat(64) },
    { status: 'draft' },
    { status: 'paused' },
    { status: 'unpublished' },
    { scale: 10 },
    { metric: 'csat', scale: 3 },
    { metric: 'csat', scale: 10 },
    { company: 'X' },
    { company: 'x'.repeat(120) },
    { delay: 'PT0S' },
    { delay: 'P90D' },
    { commentWindow: 'PT0S' },
    { commentWindow: 'P1D' },
    { expires: 'PT1M' },
    { expires: 'P365D' },
    { reminders: ['PT1S', 'P3D', 'P90D'] },
    { quietPeriod: 'PT0S' },
    { quietPeriod: 'P730D' },
    { dailyCap: 1 },
    { dailyCap: 1_000_000 },
    { dailyCap: null },
    { name: 'After a ticket' },
    { texts: { own: { de: { question: 'Wie war {company}?' } } } },
    { branding: { logo: { url: 'https://acme.example/logo.png', alt: 'Acme' }, color: '#2450C8' } },
    { audience: { quietPeriodAcross: 'PT0S', whenQuiet: 'defer', connections: ['zendesk'] } },
    { audience: { conditions: [{ field: 'tags', is: ['vip'] }] } },
    { audience: { conditions: [{ field: 'property', property: 'plan', isNot: ['free'] }] } },
    { audience: { conditions: [{ field: 'publicReplies', atLeast: 2 }] } },
    { timing: { quietHours: { from: '21:00', until: '08:00' }, weekdaysOnly: true, late: 'accept' } },
    { timing: { adaptive: { afterReopening: 'P2D', longTicket: { over: 'P7D', delay: 'P2D' } } } },
    { followUp: { comment: false, afterHigh: 'https://reviews.example/', mayContact: true } },
    { delivery: { from: { name: 'Acme' }, replyTo: 'help@acme.example', brand: 'acme' } },
    { confirm: 'strict' },
    { confirm: 'instant' },
    { languages: ['de', 'gsw', 'pt-BR', 'zh-Hant-TW', 'es-419', 'de-12345678'] },
  ])('%o', (said) => {
    expect(problems({ ...written, ...said })).toEqual([]);
  });

  test('a company name is trimmed', () => {
    expect(surveyDefinition.parse({ ...written, company: '  Acme ' }).texts.company).toBe('Acme');
  });
});

describe('each refusal names the field', () => {
  test.each<[string, object, string]>([
    ['key', { key: undefined }, 'field.required'],
    ['key', { key: '' }, 'field.key'],
    ['key', { key: 'After-Ticket' }, 'field.key'],
    ['key', { key: 'after_ticket' }, 'field.key'],
    ['key', { key: '-after' }, 'field.key'],
    ['key', { key: 'after-' }, 'field.key'],
    ['key', { key: 'after\n' }, 'field.key'],
    ['key', { key: 'x'.repeat(65) }, 'field.key'],
    ['metric', { metric: undefined }, 'field.required'],
    ['metric', { metric: 'NPS' }, 'field.not_one_of'],
    ['status', { status: 'active' }, 'field.not_one_of'],
    ['scale', { scale: 5 }, 'field.not_one_of'],
    ['scale', { metric: 'csat', scale: 4 }, 'field.not_one_of'],
    ['scale', { metric: 'ces', scale: 10 }, 'field.not_one_of'],
    ['scale', { scale: 10.5 }, 'field.wrong_type'],
    ['scale', { scale: '10' }, 'field.wrong_type'],
    ['company', { company: '  ' }, 'field.empty'],
    ['company', { company: 'x'.repeat(121) }, 'field.too_long'],
    ['delay', { delay: '1 day' }, 'field.duration'],
    ['delay', { delay: 24 }, 'field.wrong_type'],
    ['delay', { delay: 'P91D' }, 'field.duration_range'],
    ['commentWindow', { commentWindow: 'P2D' }, 'field.duration_range'],
    ['expires', { expires: 'PT59S' }, 'field.duration_range'],
    ['expires', { expires: 'P366D' }, 'field.duration_range'],
    ['quietPeriod', { quietPeriod: 'P3M' }, 'field.duration'],
    ['quietPeriod', { quietPeriod: 'P731D' }, 'field.duration_range'],
    ['reminders', { reminders: 'P3D' }, 'field.wrong_type'],
    ['reminders', { reminders: ['P1D', 'P2D', 'P3D', 'P4D'] }, 'field.list_too_long'],
    ['reminders.1', { reminders: ['P1D', 'later'] }, 'field.duration'],
    ['reminders.0', { reminders: ['PT0S'] }, 'field.duration_range'],
    ['confirm', { confirm: 'never' }, 'field.not_one_of'],
    ['dailyCap', { dailyCap: 0 }, 'field.too_small'],
    ['dailyCap', { dailyCap: 1_000_001 }, 'field.too_big'],
    ['dailyCap', { dailyCap: 1.5 }, 'field.wrong_type'],
    ['texts.own.de.question', { texts: { own: { de: { question: 'Was {firma}?' } } } }, 'field.unknown_placeholder'],
    ['branding.color', { branding: { color: 'blue' } }, 'field.color'],
    ['branding.logo.url', { branding: { logo: { url: 'javascript:x', alt: 'x' } } }, 'field.https_url'],
    ['branding.logo.url', { branding: { logo: { url: 'http://x.test/logo.png', alt: 'x' } } }, 'field.https_url'],
    [
      'branding.logo.url',
      { branding: { logo: { url: 'https://x.test;script-src-elem/logo.png', alt: 'x' } } },
      'field.https_url',
    ],
    ['branding.logo.url', { branding: { logo: { url: 'https://x.test,y/logo.png', alt: 'x' } } }, 'field.https_url'],
    ['branding.logo.url', { branding: { logo: { url: 'https://*.test/logo.png', alt: 'x' } } }, 'field.https_url'],
    ['branding.color', { branding: { color: '#2450c8;background:url(//x.test)' } }, 'field.color'],
    ['branding.color', { branding: { color: '#2450c8\n}' } }, 'field.color'],
    ['branding.privacyUrl', { branding: { privacyUrl: 'https://x.test/a\r\nhttps://evil.test' } }, 'field.url_spaces'],
    ['branding.privacyUrl', { branding: { privacyUrl: 'javascript:alert(1)//https://x.test' } }, 'field.https_url'],
    ['followUp.redirect', { followUp: { redirect: 'javascript:alert(1)' } }, 'field.https_url'],
    ['followUp.redirect', { followUp: { redirect: 'data:text/html,x' } }, 'field.https_url'],
    ['followUp.afterHigh', { followUp: { afterHigh: 'https://x.test/a\tb' } }, 'field.url_spaces'],
    ['delivery.replyTo', { delivery: { replyTo: 'a@x.test\r\nBcc: b@x.test' } }, 'field.email'],
    ['delivery.from.address', { delivery: { from: { address: 'a@x.test, b@x.test' } } }, 'field.email'],
    ['branding.privacyUrl', { branding: { privacyUrl: 'http://x.test/privacy' } }, 'field.https_url'],
    ['followUp.redirect', { followUp: { redirect: 'http://x.test/thanks' } }, 'field.https_url'],
    ['followUp.afterHigh', { followUp: { afterHigh: 'http://x.test/review' } }, 'field.https_url'],
    ['audience.conditions.0', { audience: { conditions: [{ field: 'mood', is: ['x'] }] } }, 'field.condition'],
    ['audience.conditions.0', { audience: { conditions: [{ field: 'tags' }] } }, 'field.is_or_is_not'],
    ['audience.connections', { audience: { connections: [] } }, 'field.empty_list'],
    ['timing.quietHours.from', { timing: { quietHours: { from: '9pm', until: '08:00' } } }, 'field.time_of_day'],
    ['timing.quietHours', { timing: { quietHours: { from: '08:00', until: '08:00' } } }, 'field.same_times'],
    ['timing.delay', { timing: { delay: 'P91D' } }, 'field.duration_range'],
    ['delivery.replyTo', { delivery: { replyTo: 'help' } }, 'field.email'],
    ['languages', { languages: [] }, 'field.empty_list'],
    ['languages.0', { languages: ['English'] }, 'field.language_tag'],
    ['languages.0', { languages: ['de_DE'] }, 'field.language_tag'],
    ['languages.0', { languages: ['engl'] }, 'field.language_tag'],
    ['languages.0', { languages: ['de-123456789'] }, 'field.language_tag'],
  ])('%s: %o', (field, said, code) => {
    expect(problems({ ...written, ...said })).toEqual([[field, code]]);
  });

  test('an unknown field is one, whatever it is near to', () => {
    expect(problems({ ...written, dealy: 'PT1H' })).toEqual([['dealy', 'field.unknown']]);
  });

  test('and all are named at once', () => {
    const fields = problems({ key: 'A', metric: 'nps', delay: 'soon', dailyCap: 0 }).map(([field]) => field);

    expect(fields).toEqual(['key', 'dailyCap', 'delay']);
  });
});

describe('a file of surveys', () => {
  test('keeps the order in which they may ask', () => {
    const read = surveyFile.parse([full, { key: 'b', metric: 'csat' }, { key: 'a', metric: 'ces' }]);

    expect(read.map(({ key }) => key)).toEqual(['after-ticket', 'b', 'a']);
  });

  test('may be empty', () => {
    expect(surveyFile.parse([])).toEqual([]);
  });

  test('uses a key once', () => {
    const read = readFields(surveyFile, [written, { key: 'b', metric: 'ces' }, { ...written, metric: 'csat' }]);

    expect(read.problems).toEqual([
      { field: '2.key', message: { code: 'field.used_twice', params: { value: 'after-ticket' } } },
    ]);
  });

  test('says which survey is wrong', () => {
    const read = surveyFile.safeParse([written, { key: 'b', metric: 'csat', scale: 4 }]);

    expect(read.error?.issues.map(({ path }) => path)).toEqual([[1, 'scale']]);
  });

  test.each([[{}], [full], ['[]'], [null]])('is a list, not %j', (json) => {
    expect(surveyFile.safeParse(json).success).toBe(false);
  });
});
