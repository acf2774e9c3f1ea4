import { createHash } from 'node:crypto';
import type { PanelAnswer, PanelContent } from '../../connector.ts';
import { fill, type Texts } from '../../domain/locale.ts';
import { html, type Markup, trusted } from '../../domain/markup.ts';
import { type Metric, metric as metrics, positionOf, scaleOf } from '../../domain/survey/scale.ts';
import { renderWebPage } from '../../domain/web-page.ts';
import { type Failure, UntrustedWebhook } from '../../errors.ts';
import { dayIn } from './in-words.ts';
import { panelStyle } from './style.ts';

const styleHash = `'sha256-${createHash('sha256').update(panelStyle).digest('base64')}'`;

/** Nothing is loaded or run, and only the vendor's own pages may frame it. */
export function panelPageHeaders(framedBy: readonly string[]): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `style-src ${styleHash}`,
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${framedBy.join(' ') || "'none'"}`,
  ].join('; ');
  return {
    'Content-Security-Policy': policy,
    'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex',
    'Cache-Control': 'no-store',
  };
}

/** @param form where its buttons send to, and what proves that they may */
export function renderPanelPage(content: PanelContent, texts: Texts, form: { address: string; token: string }): string {
  const { panel } = texts;
  const { history, known, outcome } = content;
  const body = html`<h1>${panel.title}</h1>
${outcome ? html`<p class="outcome" role="status">${outcome.sentence}</p>` : ''}
${metrics.options.map((metric) => latest(metric, content, texts))}
${known ? (history.length === 0 ? html`<p class="quiet">${panel.noAnswer}</p>` : '') : html`<p class="quiet">${panel.unknownContact}</p>`}
<p>${content.next.sentence}</p>
${buttons(content, texts, form)}
${history.length === 0 ? '' : html`<h2>${panel.history}</h2>\n<ol>${history.map((answer) => entry(answer, texts))}</ol>`}`;
  return whole(body, texts);
}

/** In words that an agent understands: what to do about it is an admin's, or time's. */
export function renderTrouble(failure: Failure, texts: Texts): string {
  const { title, refused, failed } = texts.panel;
  const said = failure instanceof UntrustedWebhook ? refused : failed;
  return whole(html`<h1>${title}</h1>\n<p class="problem">${said}</p>`, texts);
}

function whole(body: Markup, { language, panel }: Texts): string {
  return renderWebPage({ language, title: panel.title, style: panelStyle, main: body });
}

function latest(metric: Metric, { values }: PanelContent, { panel, fields }: Texts): Markup {
  const value = (key: string) => values[`${metric}_${key}`];
  const rating = value('latest_rating');
  if (typeof rating !== 'number') return html``;
  const highest = metric === 'nps' ? 10 : Number(value('latest_scale') ?? rating);
  const trend = panel.trend[value('trend') as keyof typeof panel.trend];
  const previous = value('previous_rating');
  const count = value('response_count');
  const category = String(value('latest_category') ?? '');
  return html`<p class="latest"><span class="number ${positionOf(scaleOf(metric, highest), rating)}">${rating}</span>
<span>${metric.toUpperCase()} · ${fields.options[category] ?? category}</span></p>
<p class="quiet">${[
    fill(panel.rating, { rating, highest }),
    ...(trend ? [trend] : []),
    ...(typeof previous === 'number' ? [fill(panel.previous, { rating: previous })] : []),
    ...(typeof count === 'number' ? [fill(panel.count, { count })] : []),
  ].join(' · ')}</p>`;
}

function entry({ metric, rating, highest, comment, answeredAt, ticket, counts }: PanelAnswer, texts: Texts): Markup {
  const { panel, language } = texts;
  const about = [
    `${metric.toUpperCase()} ${fill(panel.rating, { rating, highest })}`,
    dayIn(answeredAt, language.tag),
    ...(ticket ? [fill(panel.ticket, { ticket: ticket.here ? ticket.id : `${ticket.id} (${ticket.system})` })] : []),
    ...(counts ? [] : [panel.retracted]),
  ];
  return html`<li>${about.join(' · ')}${comment === null ? '' : html`<blockquote dir="auto">${comment}</blockquote>`}</li>`;
}

function buttons(
  { next, doNotSurvey }: PanelContent,
  { panel }: Texts,
  { address, token }: { address: string; token: string },
): Markup {
  const hidden = html`<input type="hidden" name="token" value="${token}">`;
  return html`<div class="buttons">
<form method="post" action="${address}/ask">${hidden}<button${next.when === 'now' ? '' : trusted(' disabled')}>${panel.ask}</button></form>
<form method="post" action="${address}/do-not-survey">${hidden}<input type="hidden" name="doNotSurvey" value="${String(!doNotSurvey)}"><button>${doNotSurvey ? panel.allow : panel.doNotSurvey}</button></form>
</div>`;
}
