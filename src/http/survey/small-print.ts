import { fill, type Texts } from '../../domain/locale.ts';
import { html, type Markup } from '../../domain/markup.ts';
import type { Look } from '../../domain/survey/look.ts';
import type { Scale } from '../../domain/survey/scale.ts';
import { npsTrademark } from '../../domain/trademark.ts';

/** Who sees the answer, whose question it is, and whose the words are. */
export function smallPrint(
  { company, scale, look }: { company: string; scale: Scale; look: Pick<Look, 'privacyUrl' | 'postalAddress'> },
  { mail }: Texts,
): Markup {
  const { privacyUrl, postalAddress } = look;
  const privacy = privacyUrl === undefined ? '' : html` <a href="${privacyUrl}">${mail.privacy}</a>`;
  const address = postalAddress ? html`\n<p class="address" dir="auto">${postalAddress}</p>` : '';
  const trademark = scale.metric === 'nps' ? html`\n<p lang="en" dir="ltr">${npsTrademark}</p>` : '';
  return html`<footer>
<p>${fill(mail.seenBy, { company })}${privacy}</p>${address}${trademark}
</footer>`;
}
