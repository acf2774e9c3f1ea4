import { fill } from '../domain/locale.ts';
import { points } from '../domain/survey/scale.ts';
import type { InvitationContent } from './invitation.ts';
import { readableOn } from './readable-on.ts';
import { fixed, place } from './template.ts';

const usualColour = '#2450c8';
const fonts = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/**
 * The letter in MJML, with open places for what differs from person to person.
 *
 * Only colours that are given inline reach every mail program; the style sheet adds the dark ones where it is read.
 */
export function invitationDocument({ texts, scale, company, colour, logo }: InvitationContent): string {
  const { language, mail, question, anchors } = texts;
  const { direction } = language;
  const [start, end] = direction === 'rtl' ? ['right', 'left'] : ['left', 'right'];
  const asked = fixed(fill(question[scale.metric], { company, audience: texts.audience }));
  const ends = anchors[scale.metric];
  const background = colour ?? usualColour;

  return `
<mjml lang="${fixed(language.tag)}" dir="${direction}">
  <mj-head>
    <mj-title>${place('subject')}</mj-title>
    <mj-preview>${asked}</mj-preview>
    <mj-attributes>
      <mj-all font-family="${fonts}" />
      <mj-section direction="${direction}" padding="0" background-color="#ffffff" css-class="sheet" />
      <mj-column direction="${direction}" />
      <mj-text align="${start}" color="#1d2433" font-size="16px" line-height="24px" padding="8px 24px" css-class="text" />
      <mj-table align="${start}" color="#1d2433" padding="0" />
    </mj-attributes>
    <mj-raw>
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
      <!--[if mso]><style>.scale td { background: ${background}; border: 1px solid #ffffff; padding: 8px 0; }</style><![endif]-->
    </mj-raw>
    <mj-style>${styles}</mj-style>
  </mj-head>
  <mj-body background-color="#f2f4f8" css-class="page" width="600px">
    <mj-section padding="12px 0" background-color="#f2f4f8" css-class="page"><mj-column><mj-spacer height="1px" /></mj-column></mj-section>
    <mj-section padding="24px 0 0">
      <mj-column>
        ${logo === undefined ? '' : `<mj-image src="${fixed(logo.url)}" alt="${fixed(logo.alt)}" width="${logo.width}px" align="${start}" padding="0 24px 16px" />`}
        <mj-text>${place('greeting')}</mj-text>
        <mj-text>${fixed(mail.introduction)}</mj-text>
        <mj-text font-size="20px" line-height="28px" font-weight="600" padding="16px 24px 12px"><h1 style="margin:0;font-size:20px;line-height:28px;font-weight:600">${asked}</h1></mj-text>
      </mj-column>
    </mj-section>
    <mj-section css-class="sheet row">
      <mj-column>
        <mj-table css-class="scale" table-layout="fixed" role="presentation"><tr>
          ${points(scale)
            .map((rating) => cell(rating, background))
            .join('\n          ')}
        </tr></mj-table>
        <mj-table css-class="ends" role="presentation" padding="8px 1px 0"><tr>
          <td class="quiet" align="${start}" width="50%" style="${endStyle}">${fixed(ends.lowest)}</td>
          <td class="quiet" align="${end}" width="50%" style="${endStyle}">${fixed(ends.highest)}</td>
        </tr></mj-table>
      </mj-column>
    </mj-section>
    <mj-section padding="12px 0 24px">
      <mj-column>
        <mj-text>${fixed(mail.instruction)}</mj-text>
        <mj-text>${fixed(mail.closing)}</mj-text>
      </mj-column>
    </mj-section>
    <mj-section padding="8px 0 24px" background-color="#f2f4f8" css-class="page">
      <mj-column>
        <mj-text font-size="13px" line-height="20px" color="#566074" css-class="quiet">${fixed(fill(mail.why, { company }))} <a class="quiet" href="${place('unsubscribe')}" style="color:#566074;text-decoration:underline">${fixed(mail.unsubscribe)}</a></mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>`;
}

const endStyle = 'font-size:13px;line-height:18px;color:#566074;vertical-align:top';

/** Eleven of them stand side by side in 320 px: each is as wide as its share allows and 48 px high. */
function cell(rating: number, background: string): string {
  const style = [
    'display:block',
    'padding:12px 0',
    'font-size:17px',
    'line-height:24px',
    'font-weight:600',
    'text-align:center',
    'text-decoration:none',
    'border-radius:6px',
    `background:${background}`,
    `color:${readableOn(background)}`,
  ].join(';');
  return `<td align="center" style="padding:0 1px"><a href="${place(`rating${rating}`)}" style="${style}">${rating}</a></td>`;
}

const styles = `
  .row > table > tbody > tr > td { padding-left: 23px !important; padding-right: 23px !important; }
  @media (max-width: 480px) {
    .row > table > tbody > tr > td { padding-left: 6px !important; padding-right: 6px !important; }
  }
  @media (prefers-color-scheme: dark) {
    .page, .page > table, body { background: #12151c !important; background-color: #12151c !important; }
    .sheet, .sheet > table { background: #1b2029 !important; background-color: #1b2029 !important; }
    .text, .text div, .text h1 { color: #e8ebf2 !important; }
    .quiet, .quiet div { color: #a5afc2 !important; }
  }
`;
