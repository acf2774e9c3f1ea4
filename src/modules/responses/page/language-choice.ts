import type { Texts } from '../../../model/locale.ts';
import { html, type Markup } from '../../../platform/http/markup.ts';
import type { SurveyPageFrame } from './frame.ts';
import { answerForm } from './question.ts';
import type { SurveyView } from './view.ts';

/** Each comes of a GET of its own, which shows it again. */
const shownAgain: readonly SurveyView['kind'][] = [
  'answered',
  'expired',
  'withdrawn',
  'reopened',
  'unsubscribe',
  'about',
];

/**
 * The languages it may be read in, by their own names. From a form they are buttons, so that what somebody has written
 * goes along; elsewhere they are links.
 */
export function languageChoice(
  view: SurveyView,
  frame: SurveyPageFrame,
  { language: shown }: Texts,
): Markup | undefined {
  const isForm = view.kind === 'question';
  if (frame.languages.length < 2 || !(isForm || shownAgain.includes(view.kind))) return undefined;
  const choices = frame.languages.map(({ tag, name, direction }) => {
    if (tag === shown.tag) return html`<li><strong aria-current="true">${name}</strong></li>`;
    const spoken = html`lang="${tag}" dir="${direction}"`;
    return isForm
      ? html`<li><button type="submit" form="${answerForm}" formnovalidate name="read" value="${tag}" ${spoken}>${name}</button></li>`
      : html`<li><a href="${frame.isPreview ? '#' : `?language=${tag}`}" hreflang="${tag}" ${spoken}>${name}</a></li>`;
  });
  return html`\n<nav><ul>${choices}</ul></nav>`;
}
