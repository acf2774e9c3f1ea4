import { fill, type Texts } from '../../../model/locale.ts';
import { isPoint, points, positions, ratingPosition, type Scale } from '../../../model/scale.ts';
import { html, type Markup, trusted } from '../../../platform/http/markup.ts';
import { type SurveyPageFrame, stays } from './frame.ts';
import type { Content } from './page.ts';
import { script } from './script.ts';
import type { QuestionView } from './view.ts';

/** What the form is called by buttons that stand outside of it. */
export const answerForm = 'answer';

/**
 * The form: sends `rating`, `comment` and the rest to its own address.
 *
 * With a number chosen its button comes first. What depends on the number, such as the button's words and the question
 * about the reason, is there for each; the style sheet shows what goes with the one that is picked.
 */
export function questionContent(view: QuestionView, texts: Texts, frame: SurveyPageFrame): Content {
  const { page } = texts;
  const { company, scale, wording, problem } = view;
  const title = fill(page.title, { company });
  const complaint = problem === undefined ? undefined : describe(problem, scale, texts);
  const chosen = view.chosen !== undefined && isPoint(scale, view.chosen) ? view.chosen : undefined;
  const send = sendButton(chosen, scale, texts);
  const alert = complaint === undefined ? '' : html`<p class="problem" id="problem" role="alert">${complaint}</p>\n`;
  const words = html`${commentBox(view, chosen, texts)}${contactBox(view, chosen)}`;

  const fields =
    chosen === undefined
      ? html`${numbers(view, chosen, html`<h1>${wording.question}</h1>`, texts)}
${words}${send}`
      : html`${send}
<p class="quiet">${page.notSentYet}</p>
${words}${numbers(view, chosen, html`${page.otherNumber}`, texts)}`;

  return {
    title: complaint === undefined ? title : `${complaint} – ${title}`,
    body: html`${chosen === undefined ? '' : html`<h1>${wording.question}</h1>\n`}${
      view.test ? html`<p class="test">${page.test}</p>\n` : ''
    }${alert}<form method="post" id="${answerForm}">
${stays(frame)}${view.page === undefined ? '' : html`<input type="hidden" name="page" value="${view.page}">\n`}${view.replaces ? html`<input type="hidden" name="replaces" value="yes">\n` : ''}${fields}
</form>${view.page === undefined ? '' : html`\n<script>${trusted(script)}</script>`}`,
  };
}

function sendButton(chosen: number | undefined, scale: Scale, { page }: Texts): Markup {
  const words = points(scale).map((rating) => html` data-${rating}="${fill(page.sendRating, { rating })}"`);
  const label = chosen === undefined ? page.send : fill(page.sendRating, { rating: chosen });
  return html`<button class="button send" type="submit" data-any="${page.send}"${words}><span>${label}</span></button>`;
}

function numbers(
  { scale, problem }: QuestionView,
  chosen: number | undefined,
  legend: Markup,
  { anchors }: Texts,
): Markup {
  const missing = problem?.about === 'rating';
  const all = points(scale);
  const { lowest, highest } = anchors[scale.metric];
  const choices = all.map((rating, index) => {
    const state = html`${rating === chosen ? html` checked` : ''}${missing && index === 0 ? html` autofocus` : ''}`;
    return html`<label><input type="radio" name="rating" value="${rating}" id="rating-${rating}" class="${ratingPosition(scale, rating)}" required${state}><span>${rating}</span></label>\n`;
  });
  return html`<fieldset aria-describedby="${missing ? 'problem ' : ''}ends">
<legend>${legend}</legend>
<div class="points points-${all.length}">
${choices}</div>
<p class="ends" id="ends"><span>${scale.lowest} = ${lowest}</span> <span>${scale.highest} = ${highest}</span></p>
</fieldset>
`;
}

function commentBox(
  { scale, wording, followUp, comment, problem }: QuestionView,
  chosen: number | undefined,
  { page }: Texts,
): Markup {
  if (!followUp.comment) return html``;
  const state = problem?.about === 'comment' ? html` aria-invalid="true" aria-describedby="problem" autofocus` : '';
  const shown = chosen === undefined ? 'any' : ratingPosition(scale, chosen);
  const asked = (['any', ...positions] as const)
    .filter((position) => position !== 'any' || shown === 'any')
    .map(
      (position) =>
        html`<span class="why ${position}"${position === shown ? '' : html` hidden`}>${wording.comment[position]}</span> `,
    );
  // A line break right after the tag is not part of the value, so one that the comment begins with survives.
  return html`<label class="words" for="comment">${asked}<span class="quiet">(${page.optional})</span></label>
<textarea id="comment" name="comment" rows="4" dir="auto"${state}>
${comment}</textarea>
`;
}

function contactBox(
  { scale, wording, followUp, mayContact }: QuestionView,
  chosen: number | undefined,
): Markup | undefined {
  if (!followUp.mayContact) return undefined;
  const shown = chosen !== undefined && ratingPosition(scale, chosen) === 'bottom';
  return html`<label class="choice contact"${shown ? '' : html` hidden`}><input type="checkbox" name="mayContact" value="yes"${mayContact ? html` checked` : ''}> ${wording.mayContact}</label>
`;
}

function describe(
  problem: NonNullable<QuestionView['problem']>,
  { lowest, highest }: Scale,
  { page, language }: Texts,
): string {
  if (problem.about === 'rating') return fill(page.chooseNumber, { lowest, highest });
  if (problem.about === 'answered') return page.answered.title;
  const { format } = new Intl.NumberFormat(language.tag);
  return fill(page.commentTooLong, { length: format(problem.length), limit: format(problem.limit) });
}
