import { z } from 'zod';
import { fieldIssue } from '../../model/field-problems.ts';
import { highestPoints, metric, type Scale, scaleFor } from '../../model/scale.ts';
import { audience, usualQuietPeriod } from './audience.ts';
import { branding } from './branding.ts';
import { delivery } from './delivery.ts';
import { followUp } from './follow-up.ts';
import { texts } from './texts.ts';
import { reminders, timing, usualDelay } from './timing.ts';

export const surveyStatus = z.enum(['draft', 'live', 'paused', 'unpublished']);
export type SurveyStatus = z.infer<typeof surveyStatus>;

const reservedKeys: readonly string[] = ['new', 'brands', 'order'];

export const surveyKey = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/u, fieldIssue('field.key'))
  // Under these names the API and the console have something else.
  .refine((key) => !reservedKeys.includes(key), fieldIssue('field.reserved', { values: reservedKeys }));

/** The parts of a survey; each is a file, and the same word in the file, the database and the API. */
const parts = {
  metric,
  name: z.string().trim().min(1).max(120).optional().describe('Display name.'),
  scale: z.int().optional().describe('Highest point of the scale: CSAT 3, 5, 7 or 10; CES 5 or 7.'),
  texts,
  branding,
  audience,
  timing,
  reminders,
  followUp,
  delivery,
} as const;

const usualParts = {
  ...parts,
  texts: texts.prefault({}),
  branding: branding.prefault({}),
  audience: audience.prefault({}),
  timing: timing.prefault({}),
  reminders: reminders.default([]),
  followUp: followUp.prefault({}),
  delivery: delivery.prefault({}),
} as const;

/** What most surveys say may also be said without naming its part: `"delay"` is `"timing": {"delay"}`. */
const shorthands = {
  company: texts.shape.company.unwrap().optional(),
  languages: texts.shape.languages.unwrap().optional(),
  quietPeriod: audience.shape.quietPeriod,
  dailyCap: audience.shape.dailyCap.unwrap().optional(),
  delay: timing.shape.delay,
  commentWindow: timing.shape.commentWindow.unwrap().optional(),
  expires: timing.shape.expires.unwrap().optional(),
  confirm: delivery.shape.confirm.unwrap().optional(),
} as const;

/** What is to be changed of a survey: each part that is named takes the place of the one before. */
export const surveyChanges = z.strictObject(parts).partial().extend(shorthands);

/** A survey as people write it; what they leave out has the usual value of its metric. */
export const surveyDefinition = z
  .strictObject({ key: surveyKey, status: surveyStatus.default('draft'), ...usualParts, ...shorthands })
  .superRefine((survey, context) => {
    const offered = highestPoints(survey.metric);
    if (survey.scale !== undefined && !offered.includes(survey.scale)) {
      const scales = fieldIssue('field.not_one_of', { values: offered.map(String) });
      context.addIssue({ code: 'custom', path: ['scale'], ...scales });
    }
  })
  .transform(({ company, languages, quietPeriod, dailyCap, delay, commentWindow, expires, confirm, ...survey }) => ({
    ...survey,
    scale: survey.scale ?? highestPoints(survey.metric)[0],
    texts: { ...survey.texts, ...said({ company, languages }) },
    audience: {
      ...survey.audience,
      ...said({ dailyCap }),
      quietPeriod: quietPeriod ?? survey.audience.quietPeriod ?? usualQuietPeriod[survey.metric],
    },
    timing: {
      ...survey.timing,
      ...said({ commentWindow, expires }),
      delay: delay ?? survey.timing.delay ?? usualDelay[survey.metric],
    },
    delivery: { ...survey.delivery, ...said({ confirm }) },
  }));
export type SurveyDefinition = z.infer<typeof surveyDefinition>;

/** What a version freezes: everything but whether it is live. */
export type SurveyContent = Omit<SurveyDefinition, 'key' | 'status'>;

/** The same as it is kept and shown: every part, with nothing left out. */
export const surveyContent = z.strictObject({
  ...parts,
  scale: z.int(),
  audience: audience.required({ quietPeriod: true }),
  timing: timing.required({ delay: true }),
});

export function surveyContentFrom({ key: _key, status: _status, ...content }: SurveyDefinition): SurveyContent {
  return content;
}

/**
 * A version as it was kept, with what has been added to surveys since at its usual value.
 *
 * @throws ZodError when it was not kept by us
 */
export function readContent(saved: unknown): SurveyContent {
  return surveyContentFrom(surveyDefinition.parse({ ...(saved as object), key: 'kept' }));
}

export function surveyScale(content: Pick<SurveyContent, 'metric' | 'scale'>): Scale {
  return scaleFor(content.metric, content.scale);
}

/** The file that `SURVEYS_FILE` names: all surveys, in the order in which they may ask. */
export const surveyFile = z.array(surveyDefinition).superRefine((surveys, context) => {
  const seen = new Set<string>();
  for (const [index, { key }] of surveys.entries()) {
    if (seen.has(key)) {
      context.addIssue({
        code: 'custom',
        path: [index, 'key'],
        ...fieldIssue('field.used_twice', { value: key }),
      });
    }
    seen.add(key);
  }
});

type Said<Value> = { [Key in keyof Value]?: Exclude<Value[Key], undefined> };

function said<Value extends object>(value: Value): Said<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, of]) => of !== undefined)) as Said<Value>;
}
