import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { readTexts, type Texts } from '../domain/locale.ts';
import { scaleOf } from '../domain/survey/scale.ts';
import { compileInvitation, type InvitationContent, type InvitationTemplate, type Recipient } from './invitation.ts';

const nps = scaleOf('nps', 10);
const recipient: Recipient = {
  name: 'Ann Example',
  ratingUrl: (rating) => `https://x.test/s/TOKEN?rating=${rating}`,
  unsubscribeUrl: 'https://x.test/u/TOKEN?a=1&b=2',
};

let texts: Texts;
let template: InvitationTemplate;

beforeAll(async () => {
  texts = readTexts(JSON.parse(await readFile(new URL('../../config/locales/en.json', import.meta.url), 'utf8')));
  template = await compile({});
});

describe('the scale', () => {
  test('is one link a number, each its own address, and its text the number alone', () => {
    const { html } = template.render(recipient);

    expect(anchors(html)).toEqual([
      ...Array.from({ length: 11 }, (_, rating) => [`https://x.test/s/TOKEN?rating=${rating}`, `${rating}`]),
      ['https://x.test/u/TOKEN?a=1&amp;b=2', 'Unsubscribe'],
    ]);
  });

  test.each([
    { scale: scaleOf('csat', 5), question: 'How satisfied are you', ratings: ['1', '2', '3', '4', '5'] },
    { scale: scaleOf('ces', 7), question: 'How easy was it', ratings: ['1', '2', '3', '4', '5', '6', '7'] },
  ])('has the points of $scale', async ({ scale, question, ratings }) => {
    const { html, text } = (await compile({ scale })).render(recipient);

    expect(anchors(html).map(([, visible]) => visible)).toEqual([...ratings, 'Unsubscribe']);
    expect(html).toContain(question);
    expect(text).toContain(question);
  });

  test('stands in the plain text, a line a number', () => {
    const { text } = template.render(recipient);

    for (let rating = 0; rating <= 10; rating++) {
      expect(text.split('\n')).toContain(`${rating}: https://x.test/s/TOKEN?rating=${rating}`);
    }
    expect(text).toContain('How likely are you to recommend Acme to a friend or colleague?');
    expect(text).toContain('0 = Not at all likely, 10 = Extremely likely');
    expect(text).toContain('Unsubscribe: https://x.test/u/TOKEN?a=1&b=2');
  });
});

test('leaves no place open and stays far under what Gmail cuts off', () => {
  const { subject, html, text } = template.render(recipient);

  expect(`${subject}${html}${text}`).not.toMatch(/%%|\{\w+\}|undefined/u);
  expect(Buffer.byteLength(html)).toBeLessThan(30_000);
  expect(subject).toBe('One question from Acme');
  expect(html).toContain('<title>One question from Acme</title>');
  expect(html).toContain('name="color-scheme" content="light dark"');
  expect(html).not.toMatch(/<img|url\(|@import|<link/u);
});

test('greets by name, and without one', () => {
  expect(template.render(recipient).html).toContain('>Hello Ann Example,<');
  const { name: _name, ...nameless } = recipient;
  expect(template.render(nameless).html).toContain('>Hello,<');
  expect(template.render(nameless).text).toMatch(/^Hello,\n/u);
});

test('what a person is called stays text', () => {
  const { html, text } = template.render({
    ...recipient,
    name: `<b onclick="x">Ann</b> & 'Bob' 🎉 %%unsubscribe%% {company} $&`,
  });

  expect(html).toContain(
    '>Hello &lt;b onclick=&quot;x&quot;&gt;Ann&lt;/b&gt; &amp; &#39;Bob&#39; 🎉 %%unsubscribe%% {company} $&amp;,<',
  );
  expect(text).toContain(`Hello <b onclick="x">Ann</b> & 'Bob' 🎉 %%unsubscribe%% {company} $&,`);
});

test('what the company is called stays text, and cannot open a place', async () => {
  const company = `A<b>&"'%%unsubscribe%%</mj-text>{name}$&`;

  const { html, text, subject } = (await compile({ company })).render(recipient);

  const inMarkup = 'A&lt;b&gt;&amp;&quot;&#39;&#37;&#37;unsubscribe&#37;&#37;&lt;/mj-text&gt;{name}$&amp;';
  expect(html).toContain(`>How likely are you to recommend ${inMarkup} to a friend or colleague?</h1>`);
  expect(text).toContain(`recommend ${company} to`);
  expect(subject).toBe(`One question from ${company}`);
});

test('an address cannot leave its attribute', () => {
  const { html } = template.render({ ...recipient, ratingUrl: () => 'https://x.test/"><script>' });

  expect(html).toContain('href="https://x.test/&quot;&gt;&lt;script&gt;"');
  expect(html).not.toContain('<script');
});

test('a subject is one line', () => {
  expect(template.render({ ...recipient, subjectLine: 'A\r\nBcc: b\u2028c\0' }).subject).toBe('A Bcc: b c');
});

test.each([
  { colour: '#f5c518', ink: '#000000' },
  { colour: '#0b3d91', ink: '#ffffff' },
  { colour: '#777777', ink: '#000000' },
])('numbers on $colour are $ink', async ({ colour, ink }) => {
  const { html } = (await compile({ colour })).render(recipient);

  expect(html).toContain(`background:${colour};color:${ink}`);
});

test('shows a logo that is linked to nothing', async () => {
  const logo = { url: 'https://x.test/logo.png?a=1&b=%20', alt: 'Acme "Inc"', width: 120 };

  const { html } = (await compile({ logo })).render(recipient);

  expect(html).toMatch(/<img\s+alt="Acme &quot;Inc&quot;"[^>]*src="https:\/\/x\.test\/logo\.png\?a=1&amp;b=&#37;20"/u);
  expect(anchors(html)).toHaveLength(12);
});

test('reads from right to left where the language does', async () => {
  const arabic: Texts = { ...texts, language: { tag: 'ar', name: 'العربية', direction: 'rtl' } };

  const { html } = (await compile({ texts: arabic })).render(recipient);

  expect(html).toContain('lang="ar" dir="rtl"');
  expect(html).not.toContain('direction:ltr');
});

function compile(changes: Partial<InvitationContent>): Promise<InvitationTemplate> {
  return compileInvitation({ texts, scale: nps, company: 'Acme', ...changes });
}

/** Every link in the letter: its address as it stands in the markup, and everything inside it. */
function anchors(html: string): (string | undefined)[][] {
  return [...html.matchAll(/<a\s[^>]*?href="([^"]*)"[^>]*>(.*?)<\/a>/gsu)].map(([, url, inside]) => [url, inside]);
}
