import { describe, expect, test } from 'vitest';
import { escapeMarkup, html, trusted } from './markup.ts';

test.each([
  [`<script>alert("Ann & Bob's")</script>`, '&lt;script&gt;alert(&quot;Ann &amp; Bob&#39;s&quot;)&lt;/script&gt;'],
  ['&amp;', '&amp;amp;'],
  ['👍 x = y', '👍 x = y'],
])('%j is written %j', (text, escaped) => {
  expect(escapeMarkup(text)).toBe(escaped);
});

describe('a template', () => {
  test.each([
    ['escapes a text', html`<p title="${'"'}">${'<'}</p>`, '<p title="&quot;">&lt;</p>'],
    ['takes a number, zero too', html`${0} to ${10}`, '0 to 10'],
    ['leaves out what is absent', html`[${undefined}]`, '[]'],
    ['keeps what is markup already', html`<p>${html`<b>${'&'}</b>`}</p>`, '<p><b>&amp;</b></p>'],
    [
      'joins a list',
      html`<ul>${['<', '>'].map((text) => html`<li>${text}</li>`)}</ul>`,
      '<ul><li>&lt;</li><li>&gt;</li></ul>',
    ],
    ['trusts what it is told to', html`<style>${trusted('a > b {}')}</style>`, '<style>a > b {}</style>'],
  ])('%s', (_, { markup }, expected) => {
    expect(markup).toBe(expected);
  });
});
