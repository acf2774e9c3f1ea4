import { z } from 'zod';
import { metric } from '../../../model/scale.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import type { SurveysContext } from '../context.ts';
import { standardWords } from '../standard-words.ts';
import { surveyTemplate } from '../template.ts';
import { ownWords } from '../texts.ts';

const word = ownWords.keyof();

export const wordingItem = z
  .strictObject({
    tag: z.string(),
    name: z.string().describe('Name of the language in that language.'),
    direction: z.enum(['ltr', 'rtl']),
    us: z.string().describe('Text for {company} if a survey names none.'),
    words: z.record(word, z.string()),
  })
  .meta({ id: 'Wording' });

const about = 'Surveys';

/** `GET /api/templates`, `GET /api/wording`: what a survey begins with, and says where it has no words of its own. */
export function wordingRoutes({ texts, templates }: Pick<SurveysContext, 'texts' | 'templates'>): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/templates',
      about,
      summary: 'Lists survey templates. Send `survey` with a key to `POST /api/surveys`.',
      scope: 'read',
      answer: z.strictObject({ items: z.array(surveyTemplate.meta({ id: 'SurveyTemplate' })), next: z.null() }),
      respond: async () => ({ items: [...templates], next: null }),
    }),
    route({
      method: 'get',
      path: '/wording',
      about,
      summary: 'Lists the languages of surveys with the standard wording of a metric.',
      scope: 'read',
      query: z.strictObject({ metric: metric.default('nps') }),
      answer: z.strictObject({ items: z.array(wordingItem), next: z.null() }),
      respond: async ({ query }) => ({
        items: [...texts.values()].map((one) => ({
          ...one.language,
          us: one.us,
          words: standardWords(one, query.metric),
        })),
        next: null,
      }),
    }),
  ];
}
