import type { Texts } from '../../../model/locale.ts';
import { ratingPosition } from '../../../model/scale.ts';
import { companyName, composeWording, type SurveyContent, surveyScale } from '../../surveys/index.ts';
import type { QuestionView, ShownAnswer, ThanksView } from './view.ts';

/** What is asked: the survey as it is under its brand, in a language. */
export type ShownSurvey = { content: SurveyContent; texts: Texts; test?: boolean };

export function questionView({ content, texts, test = false }: ShownSurvey): QuestionView {
  const wording = composeWording(content, texts);
  const company = companyName(content, texts);
  return { kind: 'question', company, scale: surveyScale(content), wording, followUp: content.followUp, test };
}

/** @param changeUrl leads back to the question */
export function thanksView(
  { content, texts, test = false }: ShownSurvey,
  answer: ShownAnswer,
  changeUrl: string,
): ThanksView {
  const { afterHigh, redirect } = content.followUp;
  const isHigh = ratingPosition(surveyScale(content), answer.rating) === 'top';
  return {
    kind: 'thanks',
    company: companyName(content, texts),
    wording: composeWording(content, texts),
    answer,
    changeUrl,
    test,
    ...(afterHigh !== undefined && isHigh ? { afterHigh } : {}),
    ...(redirect === undefined ? {} : { redirect }),
  };
}
