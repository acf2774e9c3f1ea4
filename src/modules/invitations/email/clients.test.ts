import { beforeAll, describe, expect, test } from 'vitest';
import { ann, emailContent, english, locales, visibleLinks } from '../../../../test/emails.ts';
import { contrast } from '../../../model/color.ts';
import type { Texts } from '../../../model/locale.ts';
import type { RenderedEmail } from '../../../platform/email/email.ts';
import { compileConfirmation, compileInvitation } from './invitation.ts';

const long = 'W'.repeat(120);
const metrics = [
  { metric: 'nps' },
  ...[3, 5, 7, 10].map((scale) => ({ metric: 'csat', scale })),
  ...[5, 7].map((scale) => ({ metric: 'ces', scale })),
];
const brandings = [
  {},
  { color: '#ffffff' },
  {
    logo: { url: 'https://x.test/logo.png', alt: 'Acme', width: 552, height: 80 },
    color: '#0b3d91',
    postalAddress: `${'Acme\n'.repeat(50)}${'x'.repeat(40)}`,
    privacyUrl: `https://x.test/${'p'.repeat(1900)}`,
  },
];
const words = { introduction: 'x'.repeat(1000), closing: 'y'.repeat(1000), question: 'z'.repeat(300) };

/** What mail programs drop or do not know, wherever it stands inline: https://www.caniemail.com */
const unsupported = [
  /display:\s*(?:flex|grid|inline-flex|inline-grid)/u,
  /position:/u,
  /var\(|calc\(|--[a-z]/u,
  /(?:margin|padding|border|inset)-(?:inline|block)/u,
  /text-align:\s*(?:start|end)/u,
  /:[^;]*(?:\d(?:rem|vw|vh|ch)\b)/u,
  /(?:rgb|hsl|oklch)a?\(/u,
  /background-image|url\(/u,
  /float:/u,
  /gap:/u,
];

describe.each([...locales])('in %s', (_tag, texts) => {
  describe.each(metrics)('%j', (scale) => {
    test.each(brandings)('with a look of %j', async (branding) => {
      const own = { own: { [texts.language.tag]: branding === brandings[2] ? words : {} } };
      const company = branding === brandings[2] ? long : 'Acme';
      const content = emailContent({ ...scale, company, branding, texts: own }, texts);
      const asks = (await compileInvitation(content)).render(ann);
      const confirms = (await compileConfirmation(content)).render({ ...ann, tapped: 1 });

      for (const sentEmail of [asks, confirms]) expect(faults(sentEmail, texts)).toEqual([]);
      expect(previewIn(asks)).not.toBe('');
      expect(previewIn(confirms)).toContain('1');
    });
  });
});

describe('the rules', () => {
  let sentEmail: RenderedEmail;
  beforeAll(async () => {
    sentEmail = (await compileInvitation(emailContent({ branding: brandings[2] ?? {} }))).render(ann);
  });

  test.each<[string, (html: string) => string]>([
    ['a link that says nothing', (html) => html.replace('>9</a>', '></a>')],
    ['a link that leads nowhere', (html) => html.replace('href="https://x.test/s/TOKEN?rating=9"', 'href=""')],
    ['a colour left to the style sheet', (html) => html.replace(/background:#0b3d91;color:#ffffff/u, '')],
    ['a link one cannot read', (html) => html.replace('#0b3d91;color:#ffffff', '#0b3d91;color:#0b3d99')],
    ['an image without words', (html) => html.replace('alt="Acme"', '')],
    ['an image that has no size', (html) => html.replace('height="80"', '')],
    ['an image that keeps a phone from being narrow', (html) => html.replace('max-width:100%', '')],
    ['no width for Outlook', (html) => html.replaceAll('width="600" bgcolor', 'bgcolor')],
    [
      'no words beside the subject',
      (html) => html.replace(/<div style="display:none;font-size:1px[^>]*>.*?<\/div>/su, ''),
    ],
    ['another layout', (html) => html.replace('style="display:block', 'style="display:flex')],
    ['a layout table that is read out as one', (html) => html.replaceAll('role="presentation"', '')],
    ['no language', (html) => html.replaceAll('lang="en"', '')],
    ['no dark mode', (html) => html.replace('<meta name="color-scheme" content="light dark" />', '')],
    ['a script', (html) => html.replace('</body>', '<script></script></body>')],
    ['a form', (html) => html.replace('</body>', '<form></form></body>')],
    ['a picture that is drawn', (html) => html.replace('</body>', '<svg></svg></body>')],
    ['a style sheet from elsewhere', (html) => html.replace('</head>', '<link rel="stylesheet" href="a.css"></head>')],
    ['too many words', (html) => html.replace('</body>', `${'x'.repeat(102_000)}</body>`)],
    ['a hidden link that can be reached', (html) => html.replace('tabindex="-1"', '')],
  ])('find %s', (_title, spoil) => {
    const html = spoil(sentEmail.html);
    expect(html).not.toBe(sentEmail.html);
    expect(faults({ ...sentEmail, html }, english)).not.toEqual([]);
  });
});

/** What an email program would stumble over. */
function faults({ html, text }: RenderedEmail, { language }: Texts): string[] {
  const tags = [...html.replace(/<!--.*?-->/gsu, '').matchAll(/<(?<name>[a-z]\w*)(?<attributes>[^>]*)>/gu)].map(
    ({ groups }) => ({ name: groups?.name ?? '', attributes: groups?.attributes ?? '' }),
  );
  const named = (name: string) => tags.filter((tag) => tag.name === name).map(({ attributes }) => attributes);
  const links = [...html.matchAll(/<a\s(?<attributes>[^>]*)>(?<inside>.*?)<\/a>/gsu)].map(({ groups }) => ({
    attributes: groups?.attributes ?? '',
    inside: groups?.inside ?? '',
  }));
  const hidden = links.filter(({ attributes }) => attributes.includes('/about/'));
  const seen = links.filter((link) => !hidden.includes(link));
  const styles = tags.map(({ attributes }) => styleIn(attributes));
  const [root = ''] = named('html');

  return [
    ...(Buffer.byteLength(html) < 102_000 ? [] : ['it is longer than what Gmail shows']),
    ...seen.filter(({ inside }) => inside.trim() === '').map(() => 'a link says nothing'),
    ...links.filter(({ attributes }) => !/href="[^"]+"/u.test(attributes)).map(() => 'a link leads nowhere'),
    ...seen
      .filter(({ attributes }) => !isReadable(styleIn(attributes)))
      .map(({ inside }) => `${inside} has no colours`),
    ...(hidden.length === 1 ? [] : ['there is not one hidden link']),
    ...hidden
      .filter(({ attributes }) => !/aria-hidden="true"/u.test(attributes) || !/tabindex="-1"/u.test(attributes))
      .map(() => 'the hidden link can be reached'),
    ...named('img')
      .filter((image) => !/alt="[^"]+"/u.test(image))
      .map(() => 'an image has no words'),
    ...named('img')
      .filter((image) => !/\swidth="\d+"/u.test(image) || !/\sheight="\d+"/u.test(image))
      .map(() => 'an image has no size'),
    ...named('img')
      .filter((image) => !styleIn(image).includes('max-width:100%'))
      .map(() => 'an image does not become narrower'),
    ...(outlookWidths(html).every((width) => width === '600') ? [] : ['Outlook makes it as wide as it likes']),
    ...(previewIn({ html }) === '' ? ['nothing stands beside the subject'] : []),
    ...visibleLinks(html)
      .filter(([address = '']) => !text.includes(address.replaceAll('&amp;', '&')))
      .map(([address]) => `${address} is not in the plain text`),
    ...named('table')
      .filter((table) => !/role="presentation"/u.test(table))
      .map(() => 'a table is read out'),
    ...styles.flatMap((style) => unsupported.filter((rule) => rule.test(style)).map((rule) => `${style}: ${rule}`)),
    ...(root.includes(`lang="${language.tag}"`) && root.includes(`dir="${language.direction}"`) ? [] : ['no language']),
    ...(/<meta name="color-scheme" content="light dark"/u.test(html) ? [] : ['no dark mode']),
    ...tags.filter(({ name }) => /^(?:script|link|form|iframe|svg|video)$/u.test(name)).map(({ name }) => name),
  ];
}

/** What mailboxes show beside the subject: it stands first, unseen. */
function previewIn({ html }: Pick<RenderedEmail, 'html'>): string {
  return /<body[^>]*>\s*<div style="display:none[^>]*>(?<words>[^<]*)<\/div>/u.exec(html)?.groups?.words?.trim() ?? '';
}

/** Outlook knows no `max-width`: what only it reads holds every part of the email in a table of one width. */
function outlookWidths(html: string): (string | undefined)[] {
  const tables = [...html.matchAll(/<table (?<attributes>[^>]*class="[^"]*-outlook"[^>]*)>/gu)];
  const widths = tables.map(({ groups }) => /\swidth="(?<width>\d+)"/u.exec(groups?.attributes ?? '')?.groups?.width);
  return widths.length === 0 ? [undefined] : widths;
}

function styleIn(attributes: string): string {
  return /style="([^"]*)"/u.exec(attributes)?.[1] ?? '';
}

/** By what is said inline alone: against its own background, or the sheet's. */
function isReadable(style: string): boolean {
  const color = /(?:^|;)color:(#\w{6})/u.exec(style)?.[1];
  const ground = /(?:^|;)background:(#\w{6})/u.exec(style)?.[1] ?? '#ffffff';
  return color !== undefined && contrast(color, ground) >= 4.5;
}
