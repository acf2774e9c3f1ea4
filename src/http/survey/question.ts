import { fill, type Texts } from '../../domain/locale.ts';
import { html, type Markup } from '../../domain/markup.ts';
import { isPoint, points, type Scale } from '../../domain/survey/scale.ts';
import type { Content } from './page.ts';
import type { QuestionView } from './view.ts';

/**
 * The form: sends `rating` and `comment` to its own address.
 *
 * With a number chosen its button comes first, and follows the number if another one is picked: the style sheet reads
 * the button's words for each number from its `data-` attributes, so that it always says what it will send.
 */
export function questionContent(view: QuestionView, texts: Texts): Content {
  const { page } = texts;
  const { company, scale, problem } = view;
  const question = fill(texts.question[scale.metric], { company, audience: texts.audience });
  const title = fill(page.title, { company });
  const complaint = problem === undefined ? undefined : describe(problem, scale, texts);
  const chosen = view.chosen !== undefined && isPoint(scale, view.chosen) ? view.chosen : undefined;
  const send = sendButton(chosen, scale, texts);
  const alert = complaint === undefined ? '' : html`<p class="problem" id="problem" role="alert">${complaint}</p>\n`;

  const fields =
    chosen === undefined
      ? html`${numbers(view, html`<h1>${question}</h1>`, texts)}
${commentBox(view, texts)}
${send}`
      : html`${send}
<p class="quiet">${page.notSentYet}</p>
${commentBox(view, texts)}
${numbers({ ...view, chosen }, html`${page.otherNumber}`, texts)}`;

  return {
    title: complaint === undefined ? title : `${complaint} – ${title}`,
    body: html`${chosen === undefined ? '' : html`<h1>${question}</h1>\n`}${alert}<form method="post">
${fields}
</form>`,
  };
}

function sendButton(chosen: number | undefined, scale: Scale, { page }: Texts): Markup {
  const words = points(scale).map((rating) => html` data-${rating}="${fill(page.sendRating, { rating })}"`);
  const label = chosen === undefined ? page.send : fill(page.sendRating, { rating: chosen });
  return html`<button class="button send" type="submit" data-any="${page.send}"${words}><span>${label}</span></button>`;
}

function numbers({ scale, chosen, problem }: QuestionView, legend: Markup, { anchors }: Texts): Markup {
  const missing = problem?.about === 'rating';
  const all = points(scale);
  const { lowest, highest } = anchors[scale.metric];
  const choices = all.map((rating, index) => {
    const state = html`${rating === chosen ? html` checked` : ''}${missing && index === 0 ? html` autofocus` : ''}`;
    return html`<label><input type="radio" name="rating" value="${rating}" id="rating-${rating}" required${state}><span>${rating}</span></label>\n`;
  });
  return html`<fieldset aria-describedby="${missing ? 'problem ' : ''}ends">
<legend>${legend}</legend>
<div class="points points-${all.length}">
${choices}</div>
<p class="ends" id="ends"><span>${scale.lowest} = ${lowest}</span> <span>${scale.highest} = ${highest}</span></p>
</fieldset>`;
}

function commentBox({ comment, problem }: QuestionView, texts: Texts): Markup {
  const state = problem?.about === 'comment' ? html` aria-invalid="true" aria-describedby="problem" autofocus` : '';
  // A line break right after the tag is not part of the value, so one that the comment begins with survives.
  return html`<label class="words" for="comment">${texts.comment.any} <span class="quiet">(${texts.page.optional})</span></label>
<textarea id="comment" name="comment" rows="4" dir="auto"${state}>
${comment}</textarea>`;
}

function describe(
  problem: NonNullable<QuestionView['problem']>,
  { lowest, highest }: Scale,
  { page, language }: Texts,
): string {
  if (problem.about === 'rating') return fill(page.chooseNumber, { lowest, highest });
  const { format } = new Intl.NumberFormat(language.tag);
  return fill(page.commentTooLong, { length: format(problem.length), limit: format(problem.limit) });
}
