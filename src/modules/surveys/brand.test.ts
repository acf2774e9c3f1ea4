import { describe, expect, test } from 'vitest';
import { type Brand, brandContent, chooseBrand, chooseSender, underBrand } from './brand.ts';
import { surveyContentFrom, surveyDefinition } from './survey.ts';

function aBrand(changes: object = {}): Brand {
  return brandContent.parse({ key: 'umbrella', name: 'Umbrella', ...changes });
}

function content(changes: object = {}) {
  return surveyContentFrom(surveyDefinition.parse({ key: 'a', metric: 'nps', ...changes }));
}

describe('a brand', () => {
  test('needs only a key and a name', () => {
    expect(aBrand()).toEqual({ key: 'umbrella', name: 'Umbrella', tickets: [], branding: {} });
  });

  test.each([
    [{ key: 'Umbrella Inc' }, 'key'],
    [{ name: ' ' }, 'name'],
    [{ tickets: [''] }, 'tickets.0'],
    [{ from: { address: 'unknown' } }, 'from.address'],
    [{ replyTo: 'unknown' }, 'replyTo'],
    [{ branding: { color: 'red' } }, 'branding.color'],
    [{ branding: { logo: { url: 'data:image/png;base64,x', alt: 'x' } } }, 'branding.logo.url'],
    [{ color: '#ffffff' }, ''],
  ])('%j is refused at %s', (changes, path) => {
    const { error } = brandContent.safeParse({ key: 'umbrella', name: 'Umbrella', ...changes });
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });
});

describe('whose letter it is', () => {
  const brands = [aBrand({ key: 'acme', tickets: ['Acme', '360001'] }), aBrand({ tickets: ['Umbrella  Ltd'] })].map(
    (content) => ({ content }),
  );

  test.each([
    [{}, undefined],
    [{ ticket: 'Acme' }, 'acme'],
    [{ ticket: ' aCME ' }, 'acme'],
    [{ ticket: '360001' }, 'acme'],
    [{ ticket: 'Initech' }, undefined],
    [{ named: 'umbrella', ticket: 'Acme' }, 'umbrella'],
    [{ named: 'gone', ticket: 'Acme' }, 'acme'],
    [{ named: 'gone' }, undefined],
  ])('%j: %s', (occasion, key) => {
    expect(chooseBrand(brands, occasion)?.content.key).toBe(key);
  });
});

describe('a survey under a brand', () => {
  const logo = { url: 'https://x.test/logo.png', alt: 'Umbrella', width: 80 };
  const umbrella = aBrand({
    company: 'Umbrella Ltd',
    branding: { logo, color: '#AA0000', privacyUrl: 'https://x.test/p' },
  });

  test('looks as the brand does', () => {
    const { branding, texts } = underBrand(content(), umbrella);
    expect(branding).toEqual({ logo, color: '#aa0000', privacyUrl: 'https://x.test/p' });
    expect(texts.company).toBe('Umbrella Ltd');
  });

  test('keeps what it says itself', () => {
    const own = content({ company: 'Acme', branding: { color: '#0000aa', postalAddress: 'Acme, Main Street 1' } });
    const { branding, texts } = underBrand(own, umbrella);
    expect(branding).toEqual({ ...umbrella.branding, color: '#0000aa', postalAddress: 'Acme, Main Street 1' });
    expect(texts.company).toBe('Acme');
  });

  test('is as it was without one, or with one that says nothing', () => {
    expect(underBrand(content(), undefined)).toEqual(content());
    expect(underBrand(content(), aBrand())).toEqual(content());
  });
});

describe('whom an email is from', () => {
  const usual = { address: 'support@acme.test', name: 'Acme Support' };
  const own = { address: 'hello@umbrella.test', name: 'Umbrella Care' };

  test.each<[string, object, object | undefined, object]>([
    ['the usual one', {}, undefined, usual],
    ['the usual one under a brand that says nothing', {}, {}, usual],
    ['the brand', {}, { from: own }, own],
    ['the brand under its name', {}, { from: { address: own.address } }, { address: own.address, name: 'Umbrella' }],
    ['the usual address under the brand’s name', {}, { from: { name: 'Care' } }, { ...usual, name: 'Care' }],
    ['the survey', { from: own }, { from: { address: 'x@x.test', name: 'X' } }, own],
    ['the brand under the survey’s name', { from: { name: 'Kim' } }, { from: own }, { ...own, name: 'Kim' }],
    [
      'with the survey’s replies',
      { replyTo: 'a@acme.test' },
      { replyTo: 'b@b.test' },
      { ...usual, replyTo: 'a@acme.test' },
    ],
    ['with the brand’s replies', {}, { replyTo: 'b@b.test' }, { ...usual, replyTo: 'b@b.test' }],
  ])('%s', (_title, delivery, said, sender) => {
    expect(chooseSender(content({ delivery }).delivery, said && aBrand(said), usual)).toEqual(sender);
  });

  test('is nobody where nobody has an address', () => {
    expect(
      chooseSender(content({ delivery: { from: { name: 'Kim' } } }).delivery, aBrand(), undefined),
    ).toBeUndefined();
  });
});
