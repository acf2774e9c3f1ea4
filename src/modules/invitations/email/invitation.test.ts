import { beforeAll, describe, expect, test } from 'vitest';
import { readTemplates } from '../../../../config/templates.ts';
import { ann, arabic, emailContent, locales, visibleLinks } from '../../../../test/emails.ts';
import { npsTrademark } from '../../../platform/trademark.ts';
import { createLinks, withRating } from '../links.ts';
import { compileConfirmation, compileInvitation, type InvitationTemplate, type Recipient } from './invitation.ts';

const { name: _name, ...nameless } = ann;
const ratings = Array.from({ length: 11 }, (_, rating) => rating);
const ratingLinks = ratings.map((rating) => [`https://x.test/s/TOKEN?rating=${rating}`, `${rating}`]);
const unsubscribe = ['https://x.test/u/TOKEN?a=1&amp;b=2', 'Unsubscribe'];

/** As long as they are where the service runs under a name of its own. */
const links = createLinks('https://feedback.acme.example', ['a secret key']);
const invitationId = 'A'.repeat(22);
const linked: Recipient = {
  name: 'Ann Example',
  ratingUrl: (rating) => withRating(links.survey(invitationId), rating),
  unsubscribeUrl: links.unsubscribe(invitationId),
  hiddenUrl: links.hidden(invitationId),
};
const branding = {
  logo: { url: 'https://acme.example/logo.png', alt: 'Acme', width: 240, height: 80 },
  color: '#2450c8',
  postalAddress: 'Acme Ltd\n1 Main Street\nLondon',
  privacyUrl: 'https://acme.example/privacy',
};

let template: InvitationTemplate;
beforeAll(async () => {
  template = await compileInvitation(emailContent());
});

describe('the scale', () => {
  test('is one link a number, each its own address, and its text the number alone', () => {
    expect(visibleLinks(template.render(ann).html)).toEqual([...ratingLinks, unsubscribe]);
  });

  test.each([
    { metric: 'csat', scale: 5, question: 'How satisfied are you', points: ['1', '2', '3', '4', '5'] },
    { metric: 'ces', scale: 7, question: 'How easy was it', points: ['1', '2', '3', '4', '5', '6', '7'] },
  ])('has the points of $metric', async ({ metric, scale, question, points }) => {
    const { html, text } = (await compileInvitation(emailContent({ metric, scale }))).render(ann);

    expect(visibleLinks(html).map(([, visible]) => visible)).toEqual([...points, 'Unsubscribe']);
    expect(html).toContain(question);
    expect(text).toContain(question);
  });

  test('stands in the plain text, a line a number', () => {
    const { text } = template.render(ann);

    for (const rating of ratings) {
      expect(text.split('\n')).toContain(`${rating}: https://x.test/s/TOKEN?rating=${rating}`);
    }
    expect(text).toContain('How likely are you to recommend Acme to a friend or colleague?');
    expect(text).toContain('0 = Not at all likely, 10 = Extremely likely');
    expect(text).toContain('Unsubscribe: https://x.test/u/TOKEN?a=1&b=2');
  });

  test.each([
    ['#f5c518', '#000000', '#b08e11'],
    ['#0b3d91', '#ffffff', '#0b3d91'],
    ['#ffffff', '#000000', '#949494'],
  ])('of %s has numbers of %s and an outline of %s', async (color, ink, outline) => {
    const { html } = (await compileInvitation(emailContent({ branding: { color } }))).render(ann);

    expect(html).toContain(`background:${color};color:${ink};border:1px solid ${outline}`);
  });
});

describe('a link that only machines find', () => {
  test('stands in the markup, unseen, unheard and out of reach', () => {
    const [hidden, ...others] = template.render(ann).html.match(/<a [^>]*\/about\/TOKEN[^>]*>.*?<\/a>/gsu) ?? [];

    expect(others).toEqual([]);
    expect(hidden).toMatch(/^<a (?=[^>]*aria-hidden="true")(?=[^>]*tabindex="-1")(?=[^>]*display:none)[^>]*><\/a>$/u);
  });

  test('is not in the plain text', () => {
    expect(template.render(ann).text).not.toContain('/about/');
  });
});

test('leaves no place open', () => {
  const { subject, html, text } = template.render(ann);

  expect(`${subject}${html}${text}`).not.toMatch(/%%|\{\w+\}|undefined/u);
  expect(subject).toBe('One question from Acme');
  expect(html).toContain('<title>One question from Acme</title>');
  expect(html).toContain('name="color-scheme" content="light dark"');
  expect(html).not.toMatch(/<img|url\(|@import|<link/u);
});

describe.each(readTemplates())('the template $key', ({ survey }) => {
  test.each([...locales])('is an email of at most 14,000 bytes in %s', async (_tag, texts) => {
    const content = emailContent({ ...survey, branding }, texts);
    const asks = (await compileInvitation(content)).render(linked);
    const confirms = (await compileConfirmation(content)).render({ ...linked, tapped: 10 });

    for (const { html } of [asks, confirms]) expect(Buffer.byteLength(html)).toBeLessThanOrEqual(14_000);
  });
});

test('greets by name, and without one', () => {
  expect(template.render(ann).html).toContain('>Hello Ann Example,<');
  expect(template.render(nameless).html).toContain('>Hello,<');
  expect(template.render(nameless).text).toMatch(/^Hello,\n/u);
});

test('what a contact is called stays text', () => {
  const name = `<b onclick="x">Ann</b> & 'Bob' 🎉 %%unsubscribe%% {company} $&`;
  const { html, text } = template.render({ ...ann, name });

  expect(html).toContain(
    '>Hello &lt;b onclick=&quot;x&quot;&gt;Ann&lt;/b&gt; &amp; &#39;Bob&#39; 🎉 %%unsubscribe%% {company} $&amp;,<',
  );
  expect(text).toContain(`Hello ${name},`);
});

test('what the company is called stays text, and cannot open a place', async () => {
  const company = `A<b>&"'%%unsubscribe%%</mj-text>{name}$&`;

  const { html, text, subject } = (await compileInvitation(emailContent({ company }))).render(ann);

  const inMarkup = 'A&lt;b&gt;&amp;&quot;&#39;%%unsubscribe%%&lt;/mj-text&gt;{name}$&amp;';
  expect(html).toContain(`>How likely are you to recommend ${inMarkup} to a friend or colleague?</h1>`);
  expect(html).toContain(`because you asked ${inMarkup.replaceAll('%', '&#37;')} for help`);
  expect(text).toContain(`recommend ${company} to`);
  expect(subject).toBe(`One question from ${company}`);
});

test('an address cannot leave its attribute', () => {
  const { html } = template.render({ ...ann, ratingUrl: () => 'https://x.test/"><script>' });

  expect(html).toContain('href="https://x.test/&quot;&gt;&lt;script&gt;"');
  expect(html).not.toContain('<script');
});

describe('words of its own', () => {
  const own = {
    subject: 'One thing,\r\n{name}',
    reminderSubject: 'Once more, {name}',
    question: 'How is <{company}>, {name}?',
    introduction: 'Dear {name},\nyour boat is back.',
    closing: 'Ahoy!',
  };

  test('take the place of the standard ones', async () => {
    const compiled = await compileInvitation(emailContent({ texts: { own: { en: own } } }));
    const { subject, html, text } = compiled.render(ann);

    expect(subject).toBe('One thing, Ann Example');
    expect(html).toContain('>How is &lt;Acme&gt;, Ann Example?</h1>');
    expect(html).toContain('>Dear Ann Example,<br />your boat is back.<');
    expect(html).toContain('>Ahoy!<');
    expect(text).toContain('\n\nDear Ann Example,\nyour boat is back.\n\nHow is <Acme>, Ann Example?\n\n');
    expect(compiled.render({ ...ann, isReminder: true }).subject).toBe('Once more, Ann Example');
  });

  test('address no contact whose name is not known, or not fit to be shown', async () => {
    const compiled = await compileInvitation(emailContent({ texts: { own: { en: own } } }));

    for (const one of [nameless, { ...ann, name: 'win at https://evil.test' }]) {
      const { subject, html } = compiled.render(one);
      expect(subject).toBe('One thing');
      expect(html).toContain('>Dear,<br />your boat is back.<');
    }
  });
});

describe('the look', () => {
  test('has a logo that is linked to nothing', async () => {
    const logo = { url: 'https://x.test/logo.png?a=1&b=%20', alt: 'Acme "Inc"', width: 120 };

    const { html } = (await compileInvitation(emailContent({ branding: { logo } }))).render(ann);

    expect(html).toMatch(
      /<img\s+alt="Acme &quot;Inc&quot;"[^>]*src="https:\/\/x\.test\/logo\.png\?a=1&amp;b=&#37;20"/u,
    );
    expect(visibleLinks(html)).toEqual([...ratingLinks, unsubscribe]);
  });

  test('ends with who sees the answer, the privacy policy and whose letter it is', async () => {
    const branding = { privacyUrl: 'https://x.test/privacy?a=1&b=2', postalAddress: 'Acme <Ltd>\n1 Main Street' };

    const { html, text } = (await compileInvitation(emailContent({ branding }))).render(ann);

    expect(html).toContain('Your answer goes to Acme and is saved with your contact details.');
    expect(visibleLinks(html).at(-1)).toEqual(['https://x.test/privacy?a=1&amp;b=2', 'Privacy policy']);
    expect(html).toContain('<span dir="auto">Acme &lt;Ltd&gt;<br />1 Main Street</span>');
    expect(text).toMatch(/goes to Acme .*\nPrivacy policy: https:\/\/x\.test\/privacy\?a=1&b=2\nAcme <Ltd>\n1 Main/u);
  });

  test.each([
    ['nps', true],
    ['csat', false],
    ['ces', false],
  ])('names the trademarks where they are used: %s %s', async (metric, named) => {
    const { html, text } = (await compileInvitation(emailContent({ metric }))).render(ann);

    expect(html.includes(npsTrademark.replaceAll('&', '&amp;'))).toBe(named);
    expect(text.includes(npsTrademark)).toBe(named);
  });
});

describe('to a contact who tapped a number', () => {
  test('asks first of all whether it is right, with one button, and then for another', async () => {
    const { subject, html, text } = (await compileConfirmation(emailContent())).render({ ...ann, tapped: 9 });

    expect(subject).toBe('Reminder: one question from Acme');
    expect(html).toMatch(/<body[^>]*>\s*<div[^>]*>You chose 9\. Is that right\?<\/div>/u);
    expect(html).toMatch(/<h1 [^>]*>You chose 9\. Is that right\?<\/h1>/u);
    expect(html).not.toContain('Hello');
    const [button, ...links] = visibleLinks(html);
    expect(button).toEqual(['https://x.test/s/TOKEN?rating=9', 'Yes, send 9']);
    expect(links).toEqual([...ratingLinks, unsubscribe]);
    expect(html.indexOf('Or choose another number')).toBeGreaterThan(html.indexOf('Yes, send 9'));
    expect(text).toMatch(/^You chose 9\. Is that right\?\n/u);
    expect(text).toContain('Yes, send 9: https://x.test/s/TOKEN?rating=9');
    expect(text).toContain('\n4: https://x.test/s/TOKEN?rating=4\n');
    expect(`${subject}${html}${text}`).not.toMatch(/%%|\{\w+\}|undefined/u);
  });

  test('is in the words of the survey', async () => {
    const own = { question: 'How is {company}?', reminderSubject: 'Is it, {name}?', closing: 'Ahoy, {name}!' };

    const compiled = await compileConfirmation(emailContent({ texts: { own: { en: own } } }));
    const { subject, html } = compiled.render({ ...ann, tapped: 0 });

    expect(subject).toBe('Is it, Ann Example?');
    expect(html).toContain('>How is Acme?<');
    expect(html).toContain('>Ahoy, Ann Example!<');
    expect(html).toContain('>You chose 0. Is that right?</h1>');
  });

  test('can be read in the colour of the brand', async () => {
    const { html } = (await compileConfirmation(emailContent({ branding: { color: '#f5c518' } }))).render({
      ...ann,
      tapped: 1,
    });

    expect(html).toContain('color:#8e720e;border:1px solid #b08e11');
  });
});

test('reads from right to left where the language does', async () => {
  const content = emailContent({}, arabic);
  const asks = (await compileInvitation(content)).render(ann);
  const confirms = (await compileConfirmation(content)).render({ ...ann, tapped: 3 });

  for (const { html } of [asks, confirms]) {
    expect(html).toContain('lang="ar" dir="rtl"');
    expect(html).not.toContain('direction:ltr');
  }
});
