import type { FieldProblem } from '../../model/messages/field-message.ts';
import { type Brand, chooseSender } from './brand.ts';
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

/** Everything for which a survey could not be sent as it is, or would be sent to too many; nothing when it may go. */
export function publishingProblems(content: SurveyContent, means: Means): readonly FieldProblem[] {
  return [
    ...languageProblems(content, means.languages),
    ...brandProblems(content, means),
    ...senderProblems(content, means),
    ...audienceProblems(content),
  ];
}

function brandProblems({ delivery }: SurveyContent, { brands }: Means): readonly FieldProblem[] {
  if (delivery.brand === undefined || brands.some(({ key }) => key === delivery.brand)) return [];
  const known = { brand: delivery.brand, brands: brands.map(({ key }) => key) };
  return [{ field: 'delivery.brand', message: { code: 'field.unknown_brand', params: known } }];
}

/** Without a brand of its own a survey takes the one of the ticket, which need not have an address either. */
function senderProblems({ delivery }: SurveyContent, { usual, brands }: Means): readonly FieldProblem[] {
  const named = brands.find(({ key }) => key === delivery.brand);
  if (chooseSender(delivery, named, usual)) return [];
  return [{ field: 'delivery.from.address', message: { code: 'field.no_sender', params: {} } }];
}

function audienceProblems({ audience }: SurveyContent): readonly FieldProblem[] {
  if (audience.dailyCap !== null || audience.conditions.length > 0) return [];
  return [{ field: 'audience.dailyCap', message: { code: 'field.asks_all', params: {} } }];
}
