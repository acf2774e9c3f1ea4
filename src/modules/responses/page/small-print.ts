import { fill, type Texts } from '../../../model/locale.ts';
import { html, type Markup } from '../../../platform/http/markup.ts';
import { npsTrademark } from '../../../platform/trademark.ts';
import type { Branding } from '../../surveys/index.ts';
import type { SurveyView } from './view.ts';

/** Whoever answers, or has answered, is told who sees it. */
const aboutAnswer: readonly SurveyView['kind'][] = ['question', 'thanks', 'answered'];

/** Who sees the answer, whose question it is, and whose the words are; nothing where there is nothing to say. */
export function smallPrint(
  view: SurveyView,
  { privacyUrl, postalAddress }: Pick<Branding, 'privacyUrl' | 'postalAddress'>,
  { email }: Texts,
): Markup | undefined {
  const seenBy =
    'company' in view && aboutAnswer.includes(view.kind) ? fill(email.seenBy, { company: view.company }) : '';
  const privacy = privacyUrl === undefined ? undefined : html`<a href="${privacyUrl}">${email.privacy}</a>`;
  const lines = [
    ...(seenBy !== '' || privacy ? [html`<p>${seenBy}${seenBy !== '' && privacy ? ' ' : ''}${privacy}</p>`] : []),
    ...(postalAddress ? [html`<p class="address"><span dir="auto">${postalAddress}</span></p>`] : []),
    ...(view.kind === 'question' && view.scale.metric === 'nps'
      ? [html`<p class="trademark"><span lang="en" dir="ltr">${npsTrademark}</span></p>`]
      : []),
  ];
  return lines.length === 0 ? undefined : html`\n<footer>\n${lines.map((line) => html`${line}\n`)}</footer>`;
}
