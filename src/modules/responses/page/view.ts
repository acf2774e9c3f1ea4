import type { Scale } from '../../../model/scale.ts';
import type { SurveyContent, Wording } from '../../surveys/index.ts';

/** What a visitor of `/s/`, `/u/` or `/about/` is shown. `company` is a name or "us", as the survey has it. */
export type SurveyView =
  | QuestionView
  | ThanksView
  /** Kept at an earlier visit; what it is stays untold where somebody else may look. */
  | { kind: 'answered'; company: string; answer?: ShownAnswer; changeUrl?: string }
  | { kind: 'expired'; company: string }
  | { kind: 'withdrawn'; company: string }
  /** The ticket is open again: the link lives anew once it is resolved. */
  | { kind: 'reopened'; company: string }
  /** Sent when the time was over, and not kept. */
  | { kind: 'tooLate'; company: string }
  /** No such link; nothing is known about whose it could be. */
  | { kind: 'unknown' }
  /** Behind a link that no person sees: nothing to do here. */
  | { kind: 'about'; company: string }
  | { kind: 'unsubscribe'; company: string }
  | { kind: 'unsubscribed'; company: string; scope: 'survey' | 'everything' };

export type QuestionView = {
  kind: 'question';
  company: string;
  scale: Scale;
  wording: Wording;
  followUp: Pick<SurveyContent['followUp'], 'comment' | 'mayContact'>;
  /** The number that came with the link, that stands on record, or that was sent with a problem. */
  chosen?: number;
  comment?: string;
  mayContact?: boolean;
  /** What proves that the page is ours; with it the page tells when somebody touches it. */
  page?: string;
  /** Whether it does not count, because one of our own tries it out. */
  test?: boolean;
  /** What was wrong with what was sent; shown with the input kept. */
  /** Sent again, it replaces an answer that another device gave. */
  replaces?: boolean;
  problem?: { about: 'rating' } | { about: 'answered' } | { about: 'comment'; length: number; limit: number };
};

/** Kept just now. */
export type ThanksView = {
  kind: 'thanks';
  company: string;
  wording: Pick<Wording, 'thanks' | 'afterHigh'>;
  answer: ShownAnswer;
  /** Leads back to the form while the answer may still change. */
  changeUrl?: string;
  /** One more thing that somebody who chose a high number may like to do. */
  afterHigh?: string;
  /** Where the page leads on to. */
  redirect?: string;
  test?: boolean;
};

export type ShownAnswer = { rating: number; comment?: string };
