import { createPalette, grounds, type Palette } from '../../../model/palette.ts';
import { points } from '../../../model/scale.ts';
import { fixed, place } from '../../../platform/email/template.ts';
import { surveyScale } from '../../surveys/index.ts';
import { type EmailContent, sides } from './email-document.ts';

/**
 * One link a number, and below them what the ends mean. Ten and eleven of them stand in two rows on a phone, where the
 * style sheet is read; elsewhere side by side, each as wide as its share allows, which is enough in 320 px.
 *
 * @param size `large`: what the email is about. `small`: what may be chosen instead.
 */
export function scaleRows({ survey, texts }: EmailContent, size: 'large' | 'small'): string {
  const scale = surveyScale(survey);
  const { lowest, highest } = texts.anchors[scale.metric];
  const [start, end] = sides(texts);
  const palette = createPalette(survey.branding.color);
  const all = points(scale);
  const wraps = all.length < 10 ? '' : ` wraps wraps-${all.length}`;
  const style = size === 'large' ? filled(palette) : outlined(palette);
  const cells = all.map(
    (rating) => `<td align="center"><a href="${place(`rating${rating}`)}" style="${style}">${rating}</a></td>`,
  );
  const links = `css-class="${size === 'large' ? 'numbers' : 'others'}${wraps}" line-height="${size === 'large' ? 24 : 20}px" cellpadding="1"`;
  return `
        <mj-table ${links} table-layout="fixed" role="presentation"><tr>
          ${cells.join('\n          ')}
        </tr></mj-table>
        <mj-table css-class="ends" font-size="13px" line-height="18px" role="presentation" padding="8px 1px 0"><tr>
          <td class="quiet" align="${start}" width="50%" style="${endStyle}">${scale.lowest} = ${fixed(lowest)}</td>
          <td class="quiet" align="${end}" width="50%" style="${endStyle}">${scale.highest} = ${fixed(highest)}</td>
        </tr></mj-table>`;
}

/** One link across the whole width, as high as a thumb needs. */
export function buttonRow({ survey }: EmailContent, { url, label }: { url: string; label: string }): string {
  const style = filled(createPalette(survey.branding.color));
  return `
        <mj-table css-class="button" line-height="24px" cellpadding="1" role="presentation"><tr>
          <td align="center"><a href="${url}" style="${style}">${label}</a></td>
        </tr></mj-table>`;
}

const endStyle = `color:${grounds.light.quiet};vertical-align:top`;

function filled({ fill, onFill, light }: Palette): string {
  return inline({
    padding: '11px 0',
    'font-size': '17px',
    background: fill,
    color: onFill,
    border: `1px solid ${light.outline}`,
  });
}

function outlined({ light }: Palette): string {
  return inline({
    padding: '9px 0',
    'font-size': '15px',
    color: light.text,
    border: `1px solid ${light.outline}`,
  });
}

function inline(own: Readonly<Record<string, string>>): string {
  const common = {
    display: 'block',
    'font-weight': '600',
    'text-decoration': 'none',
    'border-radius': '6px',
  };
  return Object.entries({ ...common, ...own })
    .map(([property, value]) => `${property}:${value}`)
    .join(';');
}
