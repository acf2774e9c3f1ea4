import { fill, type Texts } from '../../../model/locale.ts';
import { html, type Markup } from '../../../platform/http/markup.ts';
import { renderWebPage } from '../../../platform/http/web-page.ts';
import type { Branding } from '../../surveys/index.ts';
import { bareFrame, type SurveyPageFrame } from './frame.ts';
import { languageChoice } from './language-choice.ts';
import { questionContent } from './question.ts';
import { smallPrint } from './small-print.ts';
import { pageStyle } from './style.ts';
import { changeLink, showAnswer, thanksContent } from './thanks.ts';
import { unsubscribeForm } from './unsubscribe-form.ts';
import type { SurveyView } from './view.ts';

/** What stands on a page: its title in the browser, what is read, and what else the browser is told. */
export type Content = { title: string; body: Markup; head?: Markup };

/** The whole page; works without script and loads nothing but the logo. Send it with `surveyPageHeaders`. */
export function renderSurveyPage(view: SurveyView, texts: Texts, frame: SurveyPageFrame = bareFrame): string {
  const { title, body, head } = contentOf(view, texts, frame);
  const { branding } = frame;
  return renderWebPage({
    language: texts.language,
    title,
    style: pageStyle(branding),
    head: html`<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
${head}`,
    main: html`${logo(branding)}${body}`,
    foot: html`${smallPrint(view, branding, texts)}${languageChoice(view, frame, texts)}`,
  });
}

function logo({ logo: shown }: Branding): Markup | undefined {
  if (shown === undefined) return undefined;
  const { url, alt, width, height } = shown;
  const high = height === undefined ? '' : html` height="${height}"`;
  return html`<img class="logo" src="${url}" alt="${alt}" width="${width}"${high}>\n`;
}

function contentOf(view: SurveyView, texts: Texts, frame: SurveyPageFrame): Content {
  const { page } = texts;
  switch (view.kind) {
    case 'question':
      return questionContent(view, texts, frame);
    case 'thanks':
      return { title: onTab(page.thanks.title, view.company, texts), ...thanksContent(view, texts, frame) };
    case 'answered': {
      const { title, text } = page.answered;
      const change = view.changeUrl === undefined ? '' : changeLink(view.changeUrl, page);
      const body = html`${plain(title, text)}${view.answer === undefined ? '' : showAnswer(view.answer, page)}${change}`;
      return { title: onTab(title, view.company, texts), body };
    }
    case 'expired':
    case 'withdrawn':
    case 'reopened': {
      const { title, text } = page[view.kind];
      return { title: onTab(title, view.company, texts), body: plain(title, text) };
    }
    case 'tooLate':
      // It thanks as well, so its own title would look like that of an answer that was kept.
      return {
        title: onTab(page.expired.title, view.company, texts),
        body: plain(page.tooLate.title, page.tooLate.text),
      };
    case 'unknown':
      return { title: page.unknown.title, body: plain(page.unknown.title, page.unknown.text) };
    case 'about': {
      const title = fill(page.title, { company: view.company });
      return { title, body: plain(title, fill(texts.email.seenBy, { company: view.company })) };
    }
    case 'unsubscribe': {
      const { title } = page.unsubscribe;
      return { title: onTab(title, view.company, texts), body: unsubscribeForm(view, texts, frame) };
    }
    case 'unsubscribed': {
      const { title, text, all } = page.unsubscribed;
      const said = fill(view.scope === 'survey' ? text : all, { company: view.company });
      return { title: onTab(title, view.company, texts), body: plain(title, said) };
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
