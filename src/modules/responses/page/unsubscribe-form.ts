import { fill, type Texts } from '../../../model/locale.ts';
import { html, type Markup } from '../../../platform/http/markup.ts';
import { type SurveyPageFrame, stays } from './frame.ts';

/** Asks what they want no more of; without a choice it is everything. */
export function unsubscribeForm({ company }: { company: string }, { page }: Texts, frame: SurveyPageFrame): Markup {
  const { title, text, everything, thisSurvey, button } = page.unsubscribe;
  return html`<h1>${title}</h1>
<form method="post">
${stays(frame)}<fieldset>
<legend>${fill(text, { company })}</legend>
<label class="choice"><input type="radio" name="scope" value="everything" checked> ${everything}</label>
<label class="choice"><input type="radio" name="scope" value="survey"> ${thisSurvey}</label>
</fieldset>
<button class="button" type="submit">${button}</button>
</form>`;
}
