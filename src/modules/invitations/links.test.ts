import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLinks, type LinkPurpose, withRating } from './links.ts';

const publicUrl = 'https://feedback.example.com/ask';
const id = 'AAECAwQFBgcICQoLDA0ODw';
const links = createLinks(publicUrl, ['first-key']);
const purposes: readonly LinkPurpose[] = ['survey', 'unsubscribe', 'hidden'];

const tokenOf = (address: string) => new URL(address).pathname.split('/').at(-1) ?? '';
const tokens = (of = links, about = id) => ({
  survey: tokenOf(of.survey(about)),
  unsubscribe: tokenOf(of.unsubscribe(about)),
  hidden: tokenOf(of.hidden(about)),
});

/** Every character that a token could be made of, and some that it could not. */
const characters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ', '\n', '\0', 'é'];

describe('an address', () => {
  test('stands under the public one', () => {
    expect(links.survey(id)).toBe(`${publicUrl}/s/${tokens().survey}`);
    expect(links.unsubscribe(id)).toBe(`${publicUrl}/u/${tokens().unsubscribe}`);
    expect(links.hidden(id)).toBe(`${publicUrl}/about/${tokens().hidden}`);
  });

  test('is another for each number, of the same token', () => {
    const all = Array.from({ length: 11 }, (_, rating) => withRating(links.survey(id), rating));

    expect(new Set([...all, links.survey(id)]).size).toBe(12);
    expect(new Set(all.map(tokenOf))).toEqual(new Set([tokens().survey]));
    expect(all.map((address) => new URL(address).searchParams.get('rating'))).toEqual(
      all.map((_, index) => `${index}`),
    );
  });

  test('needs no escaping', () => {
    expect(tokens().survey).toMatch(/^[\w.-]+$/u);
    expect(tokens().unsubscribe).toMatch(/^[\w.-]+$/u);
  });

  test('is that of every release: emails that were sent keep their links', () => {
    expect(tokens()).toMatchObject({
      survey: 'AAECAwQFBgcICQoLDA0ODw.7BHuD3o-suIjAsonRHQ1puAEr44',
      unsubscribe: 'AAECAwQFBgcICQoLDA0ODw.msA10nVQtTzzfmAn-qCyiMwHtVg',
    });
  });

  test('is the same each time, so that a reminder can carry it again', () => {
    expect(tokens(createLinks('http://127.0.0.1:3000', ['first-key']))).toEqual(tokens());
  });
});

describe('a token', () => {
  const invitations = fc
    .uint8Array({ minLength: 16, maxLength: 16 })
    .map((bits) => Buffer.from(bits).toString('base64url'));

  test('opens its invitation', () => {
    fc.assert(
      fc.property(invitations, (invitation) => {
        expect(links.read('survey', tokens(links, invitation).survey)).toBe(invitation);
        expect(links.read('unsubscribe', tokens(links, invitation).unsubscribe)).toBe(invitation);
      }),
    );
  });

  test('opens nothing for the other purpose', () => {
    expect(links.read('unsubscribe', tokens().survey)).toBeUndefined();
    expect(links.read('survey', tokens().unsubscribe)).toBeUndefined();
  });

  test.each(purposes)('for %s opens nothing with any character changed', (purpose) => {
    const token = tokens()[purpose];
    const opened = [...token].flatMap((original, place) =>
      characters
        .filter((character) => character !== original)
        .map((character) => token.slice(0, place) + character + token.slice(place + 1))
        .filter((tampered) => links.read(purpose, tampered) !== undefined),
    );

    expect(opened).toEqual([]);
  });

  test.each(purposes)('for %s opens nothing with any character taken out or put in', (purpose) => {
    const token = tokens()[purpose];
    const opened = Array.from({ length: token.length + 1 }, (_, place) => place).flatMap((place) =>
      [
        token.slice(0, place) + token.slice(place + 1),
        ...characters.map((one) => token.slice(0, place) + one + token.slice(place)),
      ]
        .filter((tampered) => tampered !== token)
        .filter((tampered) => links.read(purpose, tampered) !== undefined),
    );

    expect(opened).toEqual([]);
  });

  test('opens nothing with the signature of another invitation', () => {
    const [, signature] = tokens(links, 'Dw4NDAsKCQgHBgUEAwIBAA').survey.split('.');

    expect(links.read('survey', `${id}.${signature}`)).toBeUndefined();
  });

  test.each([
    '',
    '.',
    id,
    `${id}.`,
    `${id}.${'A'.repeat(27)}`,
    `${id}.${createHash('sha256').update(id).digest().subarray(0, 20).toString('base64url')}`,
    `${id}.${id}`,
    `../${id}`,
    'x'.repeat(10_000),
    `${tokens().survey}.${tokens().survey}`,
    `${publicUrl}/s/${tokens().survey}`,
    encodeURIComponent(`${tokens().survey}\n`),
  ])('nothing else is one: %j', (text) => {
    expect(links.read('survey', text)).toBeUndefined();
    expect(links.read('unsubscribe', text)).toBeUndefined();
  });

  test('cannot be had by guessing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\w-]{22}\.[\w-]{27}$/u)), (text) => {
        expect(links.read('survey', text)).toBeUndefined();
      }),
    );
  });
});

describe('when the key is replaced', () => {
  const rotated = createLinks(publicUrl, ['second-key', 'first-key']);

  test('links of the old one still open', () => {
    expect(rotated.read('survey', tokens().survey)).toBe(id);
    expect(rotated.read('unsubscribe', tokens().unsubscribe)).toBe(id);
  });

  test('new links are signed with the new one', () => {
    const after = createLinks(publicUrl, ['second-key']);

    expect(tokens(rotated)).toEqual(tokens(after));
    expect(rotated.read('survey', tokens(after).survey)).toBe(id);
    expect(links.read('survey', tokens(rotated).survey)).toBeUndefined();
  });

  test('links of the old one end with it', () => {
    const after = createLinks(publicUrl, ['second-key', 'third-key']);

    expect(after.read('survey', tokens().survey)).toBeUndefined();
    expect(after.read('unsubscribe', tokens().unsubscribe)).toBeUndefined();
  });
});
