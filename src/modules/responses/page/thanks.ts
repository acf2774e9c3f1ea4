import { fill, type Texts } from '../../../model/locale.ts';
import { html, type Markup } from '../../../platform/http/markup.ts';
import type { SurveyPageFrame } from './frame.ts';
import type { ShownAnswer, ThanksView } from './view.ts';

/**
 * What is said once an answer is kept, and where it leads on to.
 *
 * The page goes there by itself and at once, or, while there is one more thing to do here, not at all: a page that goes
 * after some seconds is gone before some contacts have read it (WCAG 2.2, failure F40).
 */
export function thanksContent(
  view: ThanksView,
  { page }: Texts,
  { isPreview }: SurveyPageFrame,
): { head: Markup; body: Markup } {
  const { wording, answer, changeUrl, afterHigh, redirect, test } = view;
  const goesOn = redirect !== undefined && afterHigh === undefined && !isPreview;
  return {
    head: goesOn ? html`<meta http-equiv="refresh" content="0;url=${redirect}">\n` : html``,
    body: html`<h1>${page.thanks.title}</h1>
<p>${wording.thanks}</p>${test ? html`<p class="test">${page.test}</p>` : ''}${showAnswer(answer, page)}${
      afterHigh === undefined
        ? ''
        : html`<p>${page.afterHigh}</p>\n<p><a class="button first" href="${afterHigh}">${wording.afterHigh}</a></p>`
    }${redirect === undefined ? '' : html`<p><a class="button" href="${redirect}">${page.goOn}</a></p>`}${
      changeUrl === undefined ? '' : changeLink(changeUrl, page)
    }`,
  };
}

export function changeLink(url: string, { change }: Texts['page']): Markup {
  return html`<p><a class="button" href="${url}">${change}</a></p>`;
}

export function showAnswer({ rating, comment }: ShownAnswer, page: Texts['page']): Markup {
  const words =
    comment === undefined || comment === ''
      ? ''
      : html`<figure><figcaption>${page.yourComment}</figcaption><blockquote dir="auto">${comment}</blockquote></figure>`;
  return html`<p class="rating">${fill(page.rating, { rating })}</p>${words}`;
}
