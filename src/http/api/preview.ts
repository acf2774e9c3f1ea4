import { z } from 'zod';
import { surveyKey } from '../../domain/survey/survey.ts';
import { previewLetter } from '../../flows/asking/preview.ts';
import type { Context } from '../../flows/context.ts';
import { contentNow, findEdited } from '../../flows/publishing/edit.ts';
import { findBrand } from '../../store/brands.ts';
import { textsIn } from './language.ts';
import { type Route, route } from './route.ts';
import { text } from './shapes.ts';

/** `GET /api/surveys/:key/letter`: the mail as it would look, as the survey is being worked on. */
export function previewRoutes(context: Context): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/surveys/:key/letter',
      about: 'Surveys',
      summary: 'A letter of the draft as somebody made up would get it, with links that lead nowhere.',
      scope: 'read',
      params: z.strictObject({ key: surveyKey }),
      query: z.strictObject({
        language: text(35).optional().describe('The survey’s first one unless said.'),
        letter: z.enum(['invitation', 'reminder', 'confirmation']).default('invitation'),
      }),
      answer: z.strictObject({
        subject: z.string(),
        html: z.string(),
        text: z.string(),
        sender: z
          .strictObject({ address: z.string(), name: z.string().optional(), replyTo: z.string().optional() })
          .nullable()
          .describe('Null when nobody could send it.'),
      }),
      respond: async ({ caller: { workspaceId }, params: { key }, query }) => {
        const survey = contentNow(await findEdited(context, { workspaceId, key }));
        const texts = textsIn(context, query.language ?? survey.texts.languages[0] ?? 'en');
        const named = survey.delivery.brand;
        const brand = named === undefined ? undefined : await findBrand(context.database.db, workspaceId, named);
        const of = { survey, texts, brand: brand?.content, usual: context.mail?.from, letter: query.letter };
        const { subject, html, text, sender } = await previewLetter(of);
        return { subject, html, text, sender: sender ?? null };
      },
    }),
  ];
}
