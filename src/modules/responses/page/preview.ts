import type { Language, Texts } from '../../../model/locale.ts';
import type { Branding, SurveyContent } from '../../surveys/index.ts';
import type { SurveyPageFrame } from './frame.ts';
import { surveyPageHeaders } from './headers.ts';
import { renderSurveyPage } from './page.ts';
import type { SurveyView } from './view.ts';
import { questionView, type ShownSurvey, thanksView } from './views.ts';

/** What can be looked at: the question before a number is chosen, and after. */
export const previewedViews = [
  'question',
  'followUp',
  'thanks',
  'answered',
  'expired',
  'tooLate',
  'withdrawn',
  'reopened',
  'unknown',
  'unsubscribe',
  'unsubscribed',
] as const;

type PreviewedPage = {
  /** As it is under its brand. */
  survey: SurveyContent;
  /** In the language wanted. */
  texts: Texts;
  /** Those that it may be read in. */
  languages: readonly Language[];
  view: (typeof previewedViews)[number];
  rating: number;
};

/** A page as somebody made up would see it, and what it is to be sent with. Nothing on it leads anywhere. */
export function previewPage({ survey, texts, languages, view, rating }: PreviewedPage) {
  const content = { ...survey, followUp: leadingNowhere(survey.followUp) };
  const frame: SurveyPageFrame = { branding: withoutLinks(survey.branding), languages, isPreview: true };
  const html = renderSurveyPage(viewOf({ content, texts }, view, rating), texts, frame);
  return { html, headers: surveyPageHeaders(frame) };
}

function viewOf(asked: ShownSurvey, view: PreviewedPage['view'], rating: number): SurveyView {
  const question = questionView(asked);
  const { company } = question;
  switch (view) {
    case 'question':
      return question;
    case 'followUp':
      return { ...question, chosen: rating };
    case 'thanks':
      return thanksView(asked, { rating }, '#');
    case 'answered':
      return { kind: view, company, answer: { rating }, changeUrl: '#' };
    case 'unknown':
      return { kind: view };
    case 'unsubscribed':
      return { kind: view, company, scope: 'everything' };
    default:
      return { kind: view, company };
  }
}

function leadingNowhere({ afterHigh, redirect, ...followUp }: SurveyContent['followUp']): SurveyContent['followUp'] {
  return {
    ...followUp,
    ...(afterHigh === undefined ? {} : { afterHigh: '#' }),
    ...(redirect === undefined ? {} : { redirect: '#' }),
  };
}

function withoutLinks({ privacyUrl, ...branding }: Branding): Branding {
  return { ...branding, ...(privacyUrl === undefined ? {} : { privacyUrl: '#' }) };
}
