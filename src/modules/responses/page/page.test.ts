import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { aQuestion, company, everyView, someThanks } from '../../../../test/survey-views.ts';
import { readTexts, type Texts } from '../../../model/locale.ts';
import { bareFrame, type SurveyPageFrame } from './frame.ts';
import { surveyPageHeaders } from './headers.ts';
import { renderSurveyPage } from './page.ts';
import type { SurveyView } from './view.ts';

const english = readTexts(
  JSON.parse(await readFile(new URL('../../../../config/locales/en.json', import.meta.url), 'utf8')),
);
const question = aQuestion(english);
const evil = `</textarea></blockquote><script>alert("1")</script>'&amp; 🎉`;
const harmless =
  '&lt;/textarea&gt;&lt;/blockquote&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;amp; 🎉';

const views = everyView(english);

describe.each(views)('the page $kind', (view) => {
  const page = render(view);

  test('is small, complete and needs nothing else', () => {
    expect(Buffer.byteLength(page)).toBeLessThan(15_000);
    expect(page).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr">/u);
    expect(withoutCode(page)).not.toMatch(/<link|<img|<script|\sstyle=|\son\w+=|https?:|undefined|\{\w+\}/u);
    expect(page).toContain('<meta name="robots" content="noindex">');
    expect(page).toContain('<meta name="referrer" content="no-referrer">');
    expect(page.match(/<h1>/gu)).toHaveLength(1);
  });

  test('has the style sheet that its headers allow', () => {
    const style = /<style>(.*)<\/style>/su.exec(page)?.[1] ?? '';

    const hash = createHash('sha256').update(style).digest('base64');

    expect(surveyPageHeaders(bareFrame)['Content-Security-Policy']).toContain(`style-src 'sha256-${hash}'`);
  });

  test('runs no script but the one that its headers allow', () => {
    for (const [, script = ''] of page.matchAll(/<script>(.*?)<\/script>/gsu)) {
      const hash = createHash('sha256').update(script).digest('base64');

      expect(surveyPageHeaders(bareFrame)['Content-Security-Policy']).toContain(`script-src 'sha256-${hash}'`);
    }
  });
});

test('every page has its own title', () => {
  const titled = views.filter(({ kind }) => kind !== 'about' && kind !== 'tooLate');

  expect(new Set(titled.map((view) => titleOf(render(view))))).toHaveLength(titled.length);
});

describe('the question', () => {
  test('with a number chosen begins with the button that sends it', () => {
    const page = render({ ...question, chosen: 9 });

    expect(controls(page)).toEqual(['button', 'textarea', ...Array<string>(11).fill('input')]);
    expect(textOf(/<button.*?<\/button>/su.exec(page)?.[0])).toBe('Send 9');
    expect(checked(page)).toEqual(['9']);
    expect(page).toContain('Your answer counts once you send it.');
  });

  test('without one begins with the numbers', () => {
    const page = render(question);

    expect(controls(page)).toEqual([...Array<string>(11).fill('input'), 'textarea', 'button']);
    expect(textOf(/<button.*?<\/button>/su.exec(page)?.[0])).toBe('Send');
    expect(checked(page)).toEqual([]);
  });

  test('is sent to its own address', () => {
    const page = render(question);

    expect(page).toContain('<form method="post" id="answer">');
    expect(radios(page)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(page).toContain('<textarea id="comment" name="comment"');
  });

  test('has the words for whichever number is picked', () => {
    const page = render({ ...aQuestion(english, { metric: 'csat', scale: 3 }), chosen: 2 });

    expect(radios(page)).toEqual(['1', '2', '3']);
    for (const rating of [1, 2, 3]) {
      expect(page).toContain(`data-${rating}="Send ${rating}"`);
      expect(page).toContain(
        `#rating-${rating}:checked:not([checked])) .send::after { content: attr(data-${rating}); }`,
      );
    }
  });

  test.each([-1, 11, 4.5, Number.NaN])('chosen %s is as good as none', (chosen) => {
    expect(render({ ...question, chosen })).toBe(render(question));
  });

  test('says what is wrong and keeps what was sent', () => {
    const page = render({
      ...question,
      chosen: 3,
      comment: `\n${evil}`,
      problem: { about: 'comment', length: 12_000, limit: 10_000 },
    });
    const complaint = 'Your comment has 12,000 characters. Please shorten it to 10,000.';

    expect(titleOf(page)).toBe(`${complaint} – Your feedback for Acme`);
    expect(page).toContain(`<p class="problem" id="problem" role="alert">${complaint}</p>`);
    expect(page).toContain(`aria-invalid="true" aria-describedby="problem" autofocus>\n\n${harmless}</textarea>`);
    expect(checked(page)).toEqual(['3']);
  });

  test('asks for a number when there was none', () => {
    const page = render({ ...question, comment: 'Kept', problem: { about: 'rating' } });

    expect(page).toContain('Please choose a number from 0 to 10.');
    expect(page).toContain('<fieldset aria-describedby="problem ends">');
    expect(page).toContain('>\nKept</textarea>');
  });
});

describe('what contacts write stays text', () => {
  test('in a comment', () => {
    const page = render(someThanks(english, { answer: { rating: 9, comment: evil } }));

    expect(page).toContain(`<blockquote dir="auto">${harmless}</blockquote>`);
  });

  test("in the company's name", () => {
    const page = render({ kind: 'unsubscribe', company: evil });

    expect(page).not.toContain('<script');
    expect(page.split(harmless)).toHaveLength(3);
  });

  test('in an address', () => {
    const page = render(someThanks(english, { changeUrl: '/s/T?a=1&b="><b>' }));

    expect(page).toContain('href="/s/T?a=1&amp;b=&quot;&gt;&lt;b&gt;"');
  });
});

test('an answer can be changed only where there is a way to', () => {
  const answer = { rating: 9 };

  expect(render({ kind: 'answered', company, answer, changeUrl: '/s/T?change' })).toContain('Change your answer');
  expect(render({ kind: 'answered', company, answer })).not.toContain('Change your answer');
});

describe('the frame', () => {
  const branding = {
    logo: { url: 'https://x.test/logo.png?a=1&b="', alt: 'Acme "Inc"', width: 120, height: 40 },
    color: '#f5c518',
    postalAddress: 'Acme <Ltd>\n1 Main Street',
    privacyUrl: 'https://x.test/privacy?a=1&b=2',
  };
  const frame: SurveyPageFrame = {
    branding,
    languages: [english.language, { tag: 'ar', name: 'العربية', direction: 'rtl' }],
  };
  const policyOf = (around: SurveyPageFrame) => String(surveyPageHeaders(around)['Content-Security-Policy']);

  test('has the logo, and lets nothing else in from where it stands', () => {
    expect(renderSurveyPage(question, english, frame)).toContain(
      '<img class="logo" src="https://x.test/logo.png?a=1&amp;b=&quot;" alt="Acme &quot;Inc&quot;" width="120" height="40">',
    );
    expect(policyOf(frame)).toContain('; img-src https://x.test;');
    expect(policyOf(bareFrame)).not.toContain('img-src');
  });

  test.each([
    'https://x.test;script-src-elem/l.png',
    'https://x.test,y/l.png',
    'https://*.test/l.png',
    'http://x.test/l.png',
  ])('never puts the host of the logo %s into the policy', (url) => {
    const policy = policyOf({ ...frame, branding: { ...branding, logo: { url, alt: 'Acme', width: 120 } } });
    expect(policy).toBe(policyOf({ ...frame, branding: { ...branding, logo: undefined } }));
  });

  test('has the colour, made fit for both grounds, under a policy that names this style sheet', () => {
    const page = renderSurveyPage(question, english, frame);
    expect(page).toContain('--fill: #f5c518; --on-fill: #000000;');
    expect(page).toContain('--accent: #8e720e; --edge: #b08e11;');
    expect(page).toContain('--accent: #f5c518; --edge: #f5c518;');
    const style = /<style>(.*)<\/style>/su.exec(page)?.[1] ?? '';
    expect(policyOf(frame)).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(policyOf(frame)).not.toBe(policyOf(bareFrame));
  });

  test.each(views.filter(({ kind }) => kind !== 'unknown'))('says on $kind whose page it is', (view) => {
    const page = renderSurveyPage(view, english, frame);
    expect(page).toContain('href="https://x.test/privacy?a=1&amp;b=2"');
    expect(page).toContain('<p class="address"><span dir="auto">Acme &lt;Ltd&gt;\n1 Main Street</span></p>');
  });

  test('says who sees the answer where there is one', () => {
    const saying = views.filter((view) => render(view).includes(english.email.seenBy.replace('{company}', 'Acme')));
    expect([...new Set(saying.map(({ kind }) => kind))]).toEqual(['question', 'thanks', 'answered', 'about']);
  });

  test('offers the other languages by their own names, from a form together with what is written in it', () => {
    expect(renderSurveyPage(question, english, frame)).toContain(
      '<button type="submit" form="answer" formnovalidate name="read" value="ar" lang="ar" dir="rtl">العربية</button>',
    );
    expect(renderSurveyPage({ kind: 'expired', company }, english, frame)).toContain(
      '<a href="?language=ar" hreflang="ar" lang="ar" dir="rtl">العربية</a>',
    );
    expect(render(question)).not.toContain('<nav>');
    expect(renderSurveyPage(someThanks(english), english, frame)).not.toContain('<nav>');
  });

  test('of a preview leads nowhere and may stand in a page of ours', () => {
    const thanks = someThanks(english, { redirect: '#' });
    const page = renderSurveyPage(thanks, english, { ...frame, isPreview: true });
    expect(page).not.toContain('http-equiv="refresh"');
    expect(policyOf({ ...frame, isPreview: true })).toMatch(/form-action 'none'.*frame-ancestors 'self'/u);
    expect(policyOf({ ...frame, isPreview: true })).not.toContain('script-src');
    expect(policyOf(frame)).toMatch(/form-action 'self'.*frame-ancestors 'none'/u);
    expect(renderSurveyPage(thanks, english, frame)).toContain('http-equiv="refresh"');
  });
});

test('reads from right to left where the language does', () => {
  const arabic: Texts = { ...english, language: { tag: 'ar', name: 'العربية', direction: 'rtl' } };

  expect(renderSurveyPage(question, arabic)).toContain('<html lang="ar" dir="rtl">');
});

function render(view: SurveyView): string {
  return renderSurveyPage(view, english);
}

/** The page without its style sheet and its script. */
function withoutCode(page: string): string {
  return page.replace(/<style>.*?<\/style>|<script>.*?<\/script>/gsu, '');
}

function controls(page: string): readonly string[] {
  return [...page.matchAll(/<(button|input|textarea)\b/gu)].map(([, name]) => name ?? '');
}

function radios(page: string): readonly string[] {
  return [...page.matchAll(/<input type="radio" name="rating" value="(\d+)"/gu)].map(([, value]) => value ?? '');
}

function checked(page: string): readonly string[] {
  return [...page.matchAll(/value="(\d+)"[^>]* checked/gu)].map(([, value]) => value ?? '');
}

function titleOf(page: string): string {
  return textOf(/<title>.*?<\/title>/su.exec(page)?.[0]);
}

function textOf(markup = ''): string {
  return markup.replace(/<[^>]*>/gu, '');
}
