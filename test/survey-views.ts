import type { Texts } from '../src/model/locale.ts';
import type { QuestionView, SurveyView, ThanksView } from '../src/modules/responses/page/view.ts';
import { questionView } from '../src/modules/responses/page/views.ts';
import { surveyContentFrom, surveyDefinition } from '../src/modules/surveys/survey.ts';

export const company = 'Acme';

/** The question of a survey as its definition says; without one that of an NPS survey. */
export function aQuestion(texts: Texts, definition: object = {}): QuestionView {
  const content = surveyContentFrom(
    surveyDefinition.parse({ key: 'after-ticket', metric: 'nps', company, ...definition }),
  );
  return questionView({ content, texts });
}

export function someThanks(texts: Texts, more: Partial<ThanksView> = {}, definition: object = {}): ThanksView {
  const { company: named, wording } = aQuestion(texts, definition);
  return { kind: 'thanks', company: named, wording, answer: { rating: 9, comment: 'Fine' }, ...more };
}

/** Every page that a visitor can meet. */
export function everyView(texts: Texts, definition: object = {}): readonly SurveyView[] {
  const question = aQuestion(texts, { followUp: { mayContact: true }, ...definition });
  const { company } = question;
  const problem = { about: 'comment', length: 12_000, limit: 10_000 } as const;
  return [
    { ...question, page: '1.token' },
    { ...question, problem: { about: 'rating' } },
    { ...question, chosen: 2, page: '1.token', test: true, problem },
    someThanks(texts, { changeUrl: '?change', afterHigh: '/review', redirect: '/further', test: true }, definition),
    { kind: 'answered', company, answer: { rating: 9 } },
    { kind: 'expired', company },
    { kind: 'withdrawn', company },
    { kind: 'reopened', company },
    { kind: 'tooLate', company },
    { kind: 'unknown' },
    { kind: 'unsubscribe', company },
    { kind: 'unsubscribed', company, scope: 'everything' },
    { kind: 'about', company },
  ];
}
