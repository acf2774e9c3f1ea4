import type { SurveyContent } from './survey.ts';

/** What a survey can be sent with in its workspace. */
export type Means = {
  /** Whether there is an address that mail is from where neither the survey nor its brand has one. */
  hasSender: boolean;
  /** The brands by key, and whether each has an address of its own that mail is from. */
  brands: ReadonlyMap<string, { hasSender: boolean }>;
  /** The languages that there are texts in. */
  languages: readonly string[];
};

/** One thing that speaks against publishing: the part's field, and what to do. */
export type PublishingProblem = { field: string; problem: string };

/** Everything for which a survey could not be sent as it is, or would be sent to too many; nothing when it may go. */
export function publishingProblems(content: SurveyContent, means: Means): readonly PublishingProblem[] {
  return [
    ...languageProblems(content, means),
    ...brandProblems(content, means),
    ...senderProblems(content, means),
    ...audienceProblems(content),
  ];
}

/** Languages that a survey offers, or has words in, and that nobody could be asked in. */
export function languageProblems(
  { texts }: Pick<SurveyContent, 'texts'>,
  { languages }: Pick<Means, 'languages'>,
): readonly PublishingProblem[] {
  const named = [
    ...texts.languages.map((tag, index) => ({ tag, field: `texts.languages.${index}` })),
    ...Object.keys(texts.own).map((tag) => ({ tag, field: `texts.own.${tag}` })),
  ];
  return named
    .filter(({ tag }) => !languages.includes(tag))
    .map(({ tag, field }) => ({
      field,
      problem: `there are no texts in "${tag}": take it out, or choose from ${languages.join(', ')}`,
    }));
}

function brandProblems({ delivery: { brand } }: SurveyContent, { brands }: Means): readonly PublishingProblem[] {
  if (brand === undefined || brands.has(brand)) return [];
  const known = brands.size === 0 ? 'there are none yet' : `there are ${[...brands.keys()].join(', ')}`;
  return [
    { field: 'delivery.brand', problem: `there is no brand "${brand}": make it first, or choose another; ${known}` },
  ];
}

/** Without a brand of its own a survey takes the one of the ticket, which need not have an address either. */
function senderProblems({ delivery }: SurveyContent, { hasSender, brands }: Means): readonly PublishingProblem[] {
  const ofBrand = delivery.brand === undefined ? false : (brands.get(delivery.brand)?.hasSender ?? false);
  if (hasSender || ofBrand || delivery.from?.address !== undefined) return [];
  return [
    {
      field: 'delivery.from.address',
      problem: 'there is no address that the mail is from: set it here or at the brand, or set MAIL_FROM',
    },
  ];
}

function audienceProblems({ audience }: SurveyContent): readonly PublishingProblem[] {
  if (audience.dailyCap !== null || audience.conditions.length > 0) return [];
  return [
    {
      field: 'audience.dailyCap',
      problem: 'without a condition and without a cap it would ask everybody: set a daily cap, or a condition',
    },
  ];
}
