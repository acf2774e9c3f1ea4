import { describe, expect, it } from 'vitest';
import { brandContent } from './brand.ts';
import { type Means, publishingProblems } from './publishable.ts';
import { surveyContentFrom, surveyDefinition } from './survey.ts';

const means: Means = {
  usual: { address: 'support@example.com' },
  brands: [
    brandContent.parse({ key: 'shop', name: 'Shop' }),
    brandContent.parse({ key: 'store', name: 'Store', from: { address: 'store@example.com' } }),
  ],
  languages: new Map([
    ['en', {}],
    ['de', {}],
  ]),
};

function content(definition: object) {
  return surveyContentFrom(surveyDefinition.parse({ key: 'after-ticket', metric: 'nps', ...definition }));
}

/** The fields that speak against publishing. */
function fields(definition: object, changes: Partial<Means> = {}) {
  return publishingProblems(content(definition), { ...means, ...changes }).map(({ field }) => field);
}

describe('publishing', () => {
  it('takes a survey that says nothing of its own', () => {
    expect(fields({})).toEqual([]);
  });

  it.each([
    ['neither here, nor at the brand, nor by MAIL_FROM', {}, ['delivery.from.address']],
    ['with only a name', { delivery: { from: { name: 'Acme' } } }, ['delivery.from.address']],
    ['at a brand that has none', { delivery: { brand: 'shop' } }, ['delivery.from.address']],
    ['at the brand', { delivery: { brand: 'store' } }, []],
    ['here', { delivery: { from: { address: 'hello@example.com' } } }, []],
  ])('needs an address that mail is from: %s', (_where, definition, problems) => {
    expect(fields(definition, { usual: undefined })).toEqual(problems);
  });

  it('needs texts in every language that it offers, and that it has words in', () => {
    expect(fields({ languages: ['en', 'de'] })).toEqual([]);
    expect(fields({ texts: { languages: ['en', 'xx', 'fr'], own: { yy: { thanks: 'Danke' } } } })).toEqual([
      'languages[1]',
      'languages[2]',
      'texts.own.yy',
    ]);
  });

  it('needs its brand', () => {
    expect(fields({ delivery: { brand: 'gone' } })).toEqual(['delivery.brand']);
    expect(publishingProblems(content({ delivery: { brand: 'gone' } }), { ...means, brands: [] })).toEqual([
      {
        field: 'delivery.brand',
        message: { code: 'field.unknown_brand', params: expect.objectContaining({ brands: [] }) },
      },
    ]);
  });

  it('needs a cap or a condition', () => {
    expect(fields({ dailyCap: 1 })).toEqual([]);
    expect(fields({ audience: { dailyCap: null } })).toEqual(['audience.dailyCap']);
    expect(fields({ audience: { dailyCap: null, conditions: [{ field: 'tags', is: ['vip'] }] } })).toEqual([]);
  });

  it('tells everything at once', () => {
    const definition = { languages: ['xx'], audience: { dailyCap: null }, delivery: { brand: 'gone' } };
    expect(fields(definition, { usual: undefined })).toEqual([
      'languages[0]',
      'delivery.brand',
      'delivery.from.address',
      'audience.dailyCap',
    ]);
  });
});
