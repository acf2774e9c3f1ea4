import { type Brand, chooseSender } from '../brand.ts';
import { type Languages, languageProblems } from './language.ts';
import type { SurveyContent } from './survey.ts';

/** What a survey can be sent with in its workspace. */
export type Means = {
  /** Whom mail is from where neither the survey nor its brand says; nothing when that is nobody. */
  usual: { address: string } | undefined;
  brands: readonly Brand[];
  /** Those that there are texts in. */
  languages: Languages;
};

/** One thing that speaks against publishing: the part's field, and what to do. */
export type PublishingProblem = { field: string; problem: string };

/** Everything for which a survey could not be sent as it is, or would be sent to too many; nothing when it may go. */
export function publishingProblems(content: SurveyContent, means: Means): readonly PublishingProblem[] {
  return [
    ...languageProblems(content, means.languages),
    ...brandProblems(content, means),
    ...senderProblems(content, means),
    ...audienceProblems(content),
  ];
}

function brandProblems({ delivery }: SurveyContent, { brands }: Means): readonly PublishingProblem[] {
  if (delivery.brand === undefined || brands.some(({ key }) => key === delivery.brand)) return [];
  const known = brands.length === 0 ? 'there are none yet' : `there are ${brands.map(({ key }) => key).join(', ')}`;
  const problem = `there is no brand "${delivery.brand}": make it first, or choose another; ${known}`;
  return [{ field: 'delivery.brand', problem }];
}

/** Without a brand of its own a survey takes the one of the ticket, which need not have an address either. */
function senderProblems({ delivery }: SurveyContent, { usual, brands }: Means): readonly PublishingProblem[] {
  const named = brands.find(({ key }) => key === delivery.brand);
  if (chooseSender(delivery, named, usual)) return [];
  const problem = 'there is no address that the mail is from: set it here or at the brand, or set MAIL_FROM';
  return [{ field: 'delivery.from.address', problem }];
}

function audienceProblems({ audience }: SurveyContent): readonly PublishingProblem[] {
  if (audience.dailyCap !== null || audience.conditions.length > 0) return [];
  const problem = 'without a condition and without a cap it would ask everybody: set a daily cap, or a condition';
  return [{ field: 'audience.dailyCap', problem }];
}
