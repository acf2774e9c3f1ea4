import { fill, type Texts } from '../../domain/locale.ts';
import { html, type Markup, trusted } from '../../domain/markup.ts';
import { questionContent } from './question.ts';
import { style } from './style.ts';
import type { Answer, SurveyView } from './view.ts';

/** What stands on a page: its title in the browser and what is read. */
export type Content = { title: string; body: Markup };

/** The whole page; needs no script and loads nothing. Send it with `surveyPageHeaders`. */
export function renderSurveyPage(view: SurveyView, texts: Texts): string {
  const { title, body } = contentOf(view, texts);
  const { tag, direction } = texts.language;
  return html`<!doctype html>
<html lang="${tag}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`.markup;
}

function contentOf(view: SurveyView, texts: Texts): Content {
  const { page } = texts;
  switch (view.kind) {
    case 'question':
      return questionContent(view, texts);
    case 'thanks':
    case 'answered': {
      const { title, text } = page[view.kind];
      const body = html`${plain(title, fill(text, { company: view.company }))}${kept(view.answer, texts)}${
        view.changeUrl === undefined ? '' : html`<p><a class="button" href="${view.changeUrl}">${page.change}</a></p>`
      }`;
      return { title: onTab(title, view.company, texts), body };
    }
    case 'expired':
    case 'withdrawn': {
      const { title, text } = page[view.kind];
      return { title: onTab(title, view.company, texts), body: plain(title, text) };
    }
    case 'unknown':
      return { title: page.unknown.title, body: plain(page.unknown.title, page.unknown.text) };
    case 'unsubscribe': {
      const { title, text, button } = page.unsubscribe;
      const form = html`<form method="post"><button class="button" type="submit">${button}</button></form>`;
      return {
        title: onTab(title, view.company, texts),
        body: html`${plain(title, fill(text, { company: view.company }))}${form}`,
      };
    }
    case 'unsubscribed': {
      const { title, text } = page.unsubscribed;
      return { title: onTab(title, view.company, texts), body: plain(title, fill(text, { company: view.company })) };
    }
  }
}

function plain(title: string, text: string): Markup {
  return html`<h1>${title}</h1>
<p>${text}</p>`;
}

function onTab(title: string, company: string, { page }: Texts): string {
  return `${title} – ${fill(page.title, { company })}`;
}

function kept({ rating, comment }: Answer, { page }: Texts): Markup {
  const words =
    comment === undefined || comment === ''
      ? ''
      : html`<figure><figcaption>${page.yourComment}</figcaption><blockquote dir="auto">${comment}</blockquote></figure>`;
  return html`<p class="rating">${fill(page.rating, { rating })}</p>${words}`;
}
