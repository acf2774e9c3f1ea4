import { fill, type Texts } from '../../domain/locale.ts';
import { html, type Markup } from '../../domain/markup.ts';
import type { Look } from '../../domain/survey/look.ts';
import { npsTrademark } from '../../domain/trademark.ts';
import type { SurveyView } from './view.ts';

/** Whoever answers, or has answered, is told who sees it. */
const aboutAnswer: readonly SurveyView['kind'][] = ['question', 'thanks', 'answered'];

/** Who sees the answer, whose question it is, and whose the words are; nothing where there is nothing to say. */
export function smallPrint(
  view: SurveyView,
  { privacyUrl, postalAddress }: Pick<Look, 'privacyUrl' | 'postalAddress'>,
  { mail }: Texts,
): Markup | undefined {
  const seenBy =
    'company' in view && aboutAnswer.includes(view.kind) ? fill(mail.seenBy, { company: view.company }) : '';
  const privacy = privacyUrl === undefined ? undefined : html`<a href="${privacyUrl}">${mail.privacy}</a>`;
  const lines = [
    ...(seenBy !== '' || privacy ? [html`<p>${seenBy}${seenBy !== '' && privacy ? ' ' : ''}${privacy}</p>`] : []),
    ...(postalAddress ? [html`<p class="address"><span dir="auto">${postalAddress}</span></p>`] : []),
    ...(view.kind === 'question' && view.scale.metric === 'nps'
      ? [html`<p class="trademark"><span lang="en" dir="ltr">${npsTrademark}</span></p>`]
      : []),
  ];
  return lines.length === 0 ? undefined : html`\n<footer>\n${lines.map((line) => html`${line}\n`)}</footer>`;
}
