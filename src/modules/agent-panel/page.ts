import { createHash } from 'node:crypto';
import type { PanelAnswer, PanelContent } from '../../connector.ts';
import { type Failure, UntrustedWebhook } from '../../model/errors.ts';
import { fill, type Texts } from '../../model/locale.ts';
import { type Metric, metric as metrics, ratingPosition, scaleFor } from '../../model/scale.ts';
import { html, type Markup, trusted } from '../../platform/http/markup.ts';
import { renderWebPage } from '../../platform/http/web-page.ts';
import { dayIn } from './in-words.ts';

/** The one style sheet of the panel's page: as quiet as what it stands beside. */
export const panelStyle = `
:root {
  color-scheme: light dark;
  --ink: #1d2433; --quiet: #566074; --line: #d5d9e2; --accent: #2450c8; --alarm: #b3261e; --ground: #fff;
  --top: #11653b; --middle: #76520a; --bottom: #b3261e;
}
@media (prefers-color-scheme: dark) { :root {
  --ink: #e8ebf2; --quiet: #a5afc2; --line: #3b4352; --accent: #9db8ff; --alarm: #ffb4ab; --ground: #161a22;
  --top: #7fd3a3; --middle: #e5c07b; --bottom: #ffb4ab;
} }
* { box-sizing: border-box; }
body {
  margin: 0; padding: 0.75rem; background: var(--ground); color: var(--ink);
  font: 0.875rem/1.45 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif;
}
h1, h2 { margin: 0 0 0.5rem; font-size: 0.875rem; }
h2 { margin-top: 1rem; padding-top: 0.75rem; border-top: 0.0625rem solid var(--line); }
p { margin: 0 0 0.5rem; }
.quiet { color: var(--quiet); }
.latest { display: flex; align-items: baseline; gap: 0.5rem; flex-wrap: wrap; margin: 0.75rem 0 0; }
.number { font-size: 1.5rem; font-weight: 650; line-height: 1.1; }
.top { color: var(--top); } .middle { color: var(--middle); } .bottom { color: var(--bottom); }
ol { margin: 0; padding: 0; list-style: none; }
li { padding: 0.5rem 0; border-top: 0.0625rem solid var(--line); }
li:first-child { border-top: 0; padding-top: 0; }
blockquote { margin: 0.25rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 0.75rem; }
form { margin: 0; }
button {
  min-height: 2rem; padding: 0.25rem 0.75rem; border: 0.0625rem solid var(--accent); border-radius: 0.375rem;
  background: transparent; color: var(--accent); font: inherit; cursor: pointer;
}
button:disabled { border-color: var(--line); color: var(--quiet); cursor: default; }
:focus-visible { outline: 0.125rem solid var(--ink); outline-offset: 0.125rem; }
.outcome { padding: 0.5rem 0.75rem; border-inline-start: 0.1875rem solid var(--accent); }
.problem { padding: 0.5rem 0.75rem; border-inline-start: 0.1875rem solid var(--alarm); }
`;

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
  return html`<p class="latest"><span class="number ${ratingPosition(scaleFor(metric, highest), rating)}">${rating}</span>
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
