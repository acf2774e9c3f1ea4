import { describe, expect, test } from 'vitest';
import { english } from '../../../test/emails.ts';
import { surveyDefinition } from './survey.ts';
import type { OwnWords } from './texts.ts';
import { composeWording, unwritten } from './wording.ts';

function said(own: OwnWords, { name, company = 'Acme' }: { name?: string; company?: string } = {}) {
  const content = surveyDefinition.parse({ key: 'a', metric: 'nps', company, texts: { own: { en: own } } });
  return composeWording(content, english, name);
}

test('is the standard where nothing else is said', () => {
  expect(said({})).toMatchObject({
    question: 'How likely are you to recommend Acme to a friend or colleague?',
    subject: 'One question from Acme',
    comment: { bottom: 'What went wrong?' },
  });
});

test('is what the survey says, in its language', () => {
  expect(said({ question: 'How is {company} to a {audience}?', audience: 'neighbour' })).toMatchObject({
    question: 'How is Acme to a neighbour?',
    subject: 'One question from Acme',
  });
});

describe('words that address by name', () => {
  test('do so', () => {
    expect(said({ closing: 'Thank you, {name}.' }, { name: 'Ann' }).closing).toBe('Thank you, Ann.');
  });

  test.each([
    ['Hello {name}, how is {company}?', 'Hello, how is Acme?'],
    ['{name}, how is {company}?', 'How is Acme?'],
    ['{name}: {company} asks.', 'Acme asks.'],
    ['{name}, ¿cómo está?', '¿cómo está?'],
    ['Thank you, {name}!', 'Thank you!'],
    ['谢谢，{name}。', '谢谢。'],
  ])('leave it out to a contact without one: %s', (written, shown) => {
    expect(said({ closing: written }).closing).toBe(shown);
  });

  test.each([undefined, 'Ann'])('are not made of what the company is called (to %s)', (name) => {
    const company = '{name} & {company}';
    const { closing } = said({ closing: 'From {company}' }, { company, ...(name === undefined ? {} : { name }) });
    expect(closing).toBe('From {name} & {company}');
  });

  test('show a name as it is, whatever it looks like', () => {
    expect(said({ closing: 'Thanks, {name}' }, { name: '{company} $&' }).closing).toBe('Thanks, {company} $&');
  });
});

describe('what is not written yet in a language', () => {
  const own = { en: { question: 'How?', thanks: 'Ta!' }, de: { thanks: 'Danke!' }, fr: { closing: 'Merci !' } };
  const said = { company: 'Acme', languages: ['en', 'de'], own };

  test.each([
    ['de', ['question']],
    ['en', []],
    ['ar', ['question', 'thanks']],
  ])('is in %s what another of its languages has words of its own for', (language, missing) => {
    expect(unwritten(said, language)).toEqual(missing);
  });

  test('is nothing where nothing is said in words of its own', () => {
    expect(unwritten({ ...said, own: {} }, 'de')).toEqual([]);
  });
});
