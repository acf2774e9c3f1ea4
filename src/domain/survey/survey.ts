import { z } from 'zod';
import { audience, usualQuietPeriod } from './audience.ts';
import { highestPoints, metric, type Scale, scaleOf } from './scale.ts';
import { timing, usualDelay } from './timing.ts';

export const surveyStatus = z.enum(['draft', 'live', 'paused', 'unpublished']);
export type SurveyStatus = z.infer<typeof surveyStatus>;

/** A survey as people write it; what they leave out has the usual value of its metric. */
export const surveyDefinition = z
  .strictObject({
    key: z
      .string()
      .regex(
        /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/u,
        'must be lower-case letters, digits and dashes, e.g. "after-ticket"',
      ),
    metric,
    status: surveyStatus.default('draft'),
    scale: z.int().optional().describe('The highest point of a CSAT (3, 5, 7, 10) or CES (5, 7) scale.'),
    company: z
      .string()
      .trim()
      .min(1, 'must not be empty')
      .max(120, 'must be at most 120 characters')
      .default('us')
      .describe('The company or product that the question names.'),
    ...timing,
    ...audience,
    confirm: z
      .enum(['strict', 'balanced', 'instant'])
      .default('balanced')
      .describe('What confirms an answer; for now every level asks for a Submit, as strict does.'),
    languages: z
      .array(z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u, 'must be a language tag, e.g. "en"'))
      .min(1, 'must name at least one language')
      .default(['en']),
  })
  .superRefine((survey, context) => {
    const offered = highestPoints(survey.metric);
    if (survey.scale !== undefined && !offered.includes(survey.scale)) {
      context.addIssue({
        code: 'custom',
        path: ['scale'],
        message: `must be ${offered.join(' or ')} for ${survey.metric}`,
      });
    }
  })
  .transform((survey) => ({
    ...survey,
    scale: survey.scale ?? highestPoints(survey.metric)[0],
    delay: survey.delay ?? usualDelay[survey.metric],
    quietPeriod: survey.quietPeriod ?? usualQuietPeriod[survey.metric],
  }));

export type SurveyDefinition = z.infer<typeof surveyDefinition>;

/** What a version freezes: everything but whether it is live. */
export type SurveyContent = Omit<SurveyDefinition, 'key' | 'status'>;

export function contentOf({ key: _key, status: _status, ...content }: SurveyDefinition): SurveyContent {
  return content;
}

export function surveyScale(content: Pick<SurveyContent, 'metric' | 'scale'>): Scale {
  return scaleOf(content.metric, content.scale);
}

/** The file that `SURVEYS_FILE` names: all surveys, in the order in which they may ask. */
export const surveyFile = z.array(surveyDefinition).superRefine((surveys, context) => {
  const seen = new Set<string>();
  for (const [index, { key }] of surveys.entries()) {
    if (seen.has(key)) {
      context.addIssue({
        code: 'custom',
        path: [index, 'key'],
        message: `"${key}" is used twice; each survey needs its own key`,
      });
    }
    seen.add(key);
  }
});
