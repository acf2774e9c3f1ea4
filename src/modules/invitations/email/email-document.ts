import { fill, type Texts } from '../../../model/locale.ts';
import { createPalette, grounds, type Palette } from '../../../model/palette.ts';
import { fixed, fixedLines, place } from '../../../platform/email/template.ts';
import { npsTrademark } from '../../../platform/trademark.ts';
import { companyName, type SurveyContent, surveyScale } from '../../surveys/index.ts';

/** What is the same for everybody whom one version of a survey asks in one language, under one brand. */
export type EmailContent = {
  /** As it is under its brand. */
  survey: SurveyContent;
  texts: Texts;
};

const fonts = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const { page, sheet, ink, quiet } = grounds.light;

/**
 * The email in MJML, with open places for what differs from contact to contact: its logo, what it is about, and the
 * small print. Everything on the sheet stands in one column, since each further section costs a kilobyte, and what a
 * cell can inherit is not said in each.
 *
 * Only colors that are given inline reach every email program; the style sheet adds the dark ones where it is read.
 *
 * @param preview what mailboxes show beside the subject
 * @param body what stands in the column below the logo
 */
export function emailDocument(content: EmailContent, { preview, body }: { preview: string; body: string }): string {
  const { survey, texts } = content;
  const { direction, tag } = texts.language;
  const [start] = sides(texts);
  const palette = createPalette(survey.branding.color);

  return `
<mjml lang="${fixed(tag)}" dir="${direction}">
  <mj-head>
    <mj-title>${place('subject')}</mj-title>
    <mj-preview>${preview}</mj-preview>
    <mj-attributes>
      <mj-all font-family="" />
      <mj-section direction="${direction}" background-color="${sheet}" css-class="sheet" />
      <mj-column direction="${direction}" />
      <mj-text align="${start}" color="${ink}" font-size="16px" line-height="24px" padding="8px 24px" css-class="text" />
      <mj-table align="${start}" color="${ink}" padding="0" />
    </mj-attributes>
    <mj-raw>
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
      <!--[if mso]><style>${outlookStyles(palette)}</style><![endif]-->
    </mj-raw>
    <mj-style>${styles(palette)}</mj-style>
  </mj-head>
  <mj-body background-color="${page}" css-class="page" width="600px">
    <mj-raw><div style="font-family:${fonts}"><div style="height:25px;line-height:25px;font-size:1px;mso-line-height-rule:exactly">&#8202;</div></mj-raw>
    <mj-section border-radius="12px" padding="32px 0 24px">
      <mj-column>${logo(survey.branding.logo, start)}${body}
      </mj-column>
    </mj-section>
    <mj-section padding="8px 0 24px" background-color="${page}" css-class="page">
      <mj-column>
        ${smallPrint(content).join('\n        ')}
      </mj-column>
    </mj-section>
    <mj-raw></div></mj-raw>
  </mj-body>
</mjml>`;
}

/** Where a line begins and where it ends. */
export function sides({ language }: Pick<Texts, 'language'>): readonly ['left', 'right'] | readonly ['right', 'left'] {
  return language.direction === 'rtl' ? ['right', 'left'] : ['left', 'right'];
}

/** Where the logo has no height, nothing keeps its place free; where images are off, its words are as large as a name. */
function logo(shown: SurveyContent['branding']['logo'], start: string): string {
  if (shown === undefined) return '';
  const { url, alt, width, height } = shown;
  const size = `width="${width}"${height === undefined ? '' : ` height="${height}"`}`;
  const style = `display:block;border:0;width:${width}px;max-width:100%;height:auto;font-size:20px;line-height:28px;font-weight:600`;
  return `<mj-table css-class="logo" table-layout="fixed" role="presentation" padding="0 24px 25px"><tr>
          <td align="${start}"><img alt="${fixed(alt)}" src="${fixed(url)}" ${size} style="${style}" /></td>
        </tr></mj-table>`;
}

function smallPrint({ survey, texts }: EmailContent): readonly string[] {
  const { email } = texts;
  const company = companyName(survey, texts);
  const { privacyUrl, postalAddress } = survey.branding;
  const seenBy = fixed(fill(email.seenBy, { company }));
  const lines = [
    `${fixed(fill(email.why, { company }))} ${quietLink(place('unsubscribe'), email.unsubscribe)}${hiddenLink}`,
    privacyUrl === undefined ? seenBy : `${seenBy} ${quietLink(fixed(privacyUrl), email.privacy)}`,
    ...(postalAddress ? [`<span dir="auto">${fixedLines(postalAddress)}</span>`] : []),
  ].map((line) => `<mj-text font-size="13px" line-height="20px" color="${quiet}" css-class="quiet">${line}</mj-text>`);
  if (surveyScale(survey).metric !== 'nps') return lines;
  const trademark = `<span lang="en" dir="ltr">${fixed(npsTrademark)}</span>`;
  return [
    ...lines,
    `<mj-text font-size="11px" line-height="16px" color="${quiet}" css-class="quiet">${trademark}</mj-text>`,
  ];
}

function quietLink(url: string, words: string): string {
  return `<a class="quiet" href="${url}" style="color:${quiet};text-decoration:underline">${fixed(words)}</a>`;
}

/** No person sees, hears or reaches it: who opens it is a machine that opens everything. */
const hiddenLink = `<a href="${place('hidden')}" aria-hidden="true" tabindex="-1" style="display:none;mso-hide:all"></a>`;

/** Outlook knows no padding of links: the cell around them has the color and the height. Of fonts it takes the first. */
function outlookStyles({ fill: background, light }: Palette): string {
  const line = light.outline === background ? sheet : light.outline;
  return `td, div { font-family: 'Segoe UI', Arial, sans-serif; } .numbers td, .button td { background: ${background}; border: 1px solid ${line}; padding: 8px 0; } .others td { border: 1px solid ${light.outline}; padding: 4px 0; }`;
}

/** The child selectors keep Outlook out, which reads some of this and would lose the height of its cells. */
function styles({ dark }: Palette): string {
  const rows = ['numbers', 'others', 'button'];
  const cells = rows.map((name) => `.${name} > table > tbody > tr > td`).join(', ');
  const ground = (color: string) => `background: ${color} !important; background-color: ${color} !important;`;
  return `
  td, div { font-family: ${fonts}; }
  ${rows.map((name) => `tr > .${name}`).join(', ')} { padding: 0 21px !important; }
  ${cells} { padding: 0 3px !important; }
  tr > .ends { padding: 8px 24px 0 !important; }
  @media (max-width: 480px) {
    .sheet, .sheet > table { border-radius: 0 !important; }
    .wraps table, .wraps tbody, .wraps tr { display: block !important; width: 100% !important; font-size: 0 !important; }
    .wraps > table > tbody > tr > td { display: inline-block !important; box-sizing: border-box !important; padding: 3px !important; vertical-align: top !important; }
    .wraps-10 td { width: 20% !important; }
    .wraps-11 td { width: 16.66% !important; }
  }
  @media (prefers-color-scheme: dark) {
    .page, .page > table, .page > div { ${ground(grounds.dark.page)} }
    .sheet, .sheet > table { ${ground(grounds.dark.sheet)} }
    .text, .text div, .text h1 { color: ${grounds.dark.ink} !important; }
    .quiet, .quiet div { color: ${grounds.dark.quiet} !important; }
    .numbers a, .button a { border-color: ${dark.outline} !important; }
    .others a { border-color: ${dark.outline} !important; color: ${dark.text} !important; }
    .logo img { background: #ffffff !important; box-shadow: 0 0 0 6px #ffffff !important; border-radius: 2px !important; }
  }
`;
}
