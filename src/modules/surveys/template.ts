import { z } from 'zod';
import { surveyChanges, surveyKey } from './survey.ts';

/** What a new survey may begin with. */
export const surveyTemplate = z.strictObject({
  key: surveyKey,
  name: z.string().trim().min(1).max(120),
  says: z.string().trim().min(1).max(300).describe('One sentence about when to use it.'),
  survey: surveyChanges.required({ metric: true }),
});
export type SurveyTemplate = z.infer<typeof surveyTemplate>;
