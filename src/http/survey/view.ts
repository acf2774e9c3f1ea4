import type { Scale } from '../../domain/survey/scale.ts';

/** What a visitor of `/s/` or `/u/` is shown. `company` is a name or "us", as the survey has it. */
export type SurveyView =
  | QuestionView
  /** Kept just now; `changeUrl` leads back to the form while the answer may still change. */
  | { kind: 'thanks'; company: string; answer: Answer; changeUrl?: string }
  /** Kept at an earlier visit. */
  | { kind: 'answered'; company: string; answer: Answer; changeUrl?: string }
  | { kind: 'expired'; company: string }
  | { kind: 'withdrawn'; company: string }
  /** No such link; nothing is known about whose it could be. */
  | { kind: 'unknown' }
  | { kind: 'unsubscribe'; company: string }
  | { kind: 'unsubscribed'; company: string };

export type QuestionView = {
  kind: 'question';
  company: string;
  scale: Scale;
  /** The number that came with the link, that stands on record, or that was sent with a problem. */
  chosen?: number;
  comment?: string;
  /** What was wrong with what was sent; shown with the input kept. */
  problem?: { about: 'rating' } | { about: 'comment'; length: number; limit: number };
};

export type Answer = { rating: number; comment?: string };
