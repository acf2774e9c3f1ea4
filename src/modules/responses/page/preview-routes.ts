import { z } from 'zod';
import { invalidField } from '../../../model/errors.ts';
import { textsIn } from '../../../model/languages.ts';
import { isPoint } from '../../../model/scale.ts';
import { page, type Route, route } from '../../../platform/http/route.ts';
import { text, wholeNumber } from '../../../platform/http/shapes.ts';
import { previewEmail } from '../../invitations/index.ts';
import {
  type Brand,
  brandContent as brandDefinition,
  contentNow,
  findBrand,
  findEdited,
  listBrands,
  readChanged,
  readUnsaved,
  type SurveyContent,
  surveyChanges,
  surveyKey,
  surveyScale,
  underBrand,
  unwritten,
} from '../../surveys/index.ts';
import type { ResponsesContext } from '../context.ts';
import { previewedViews, previewPage } from './preview.ts';

const byKey = z.strictObject({ key: surveyKey });

const language = text(35).optional().describe('The survey’s first language by default.');
const email = z
  .enum(['invitation', 'reminder', 'confirmation'])
  .default('invitation')
  .describe('`confirmation` is the reminder to a contact who tapped a number but did not submit.');
const view = z
  .enum(previewedViews)
  .default('question')
  .describe('Which view of the page to show. `followUp` is the question after a rating is chosen.');
const rating = wholeNumber.optional().describe('The chosen rating. The second highest by default.');

const content = surveyChanges
  .required({ metric: true })
  .describe('Content of the survey. What is left out has the default of its metric.');
const brand = z
  .union([surveyKey, brandDefinition])
  .optional()
  .describe('Key of the brand. The survey’s brand by default.');

const missing = z
  .array(z.string())
  .describe('Texts that the survey customizes in another language, but not in this one.');
const sender = z
  .strictObject({ address: z.string(), name: z.string().optional(), replyTo: z.string().optional() })
  .nullable()
  .describe('Null if the email has no sender.');
const shownEmail = z.strictObject({ subject: z.string(), html: z.string(), text: z.string(), sender });

/** Rendering an email takes many times as long as other requests. */
const emailTokens = 5;

const about = 'Surveys';

/**
 * `GET /api/surveys/:key/email`, `GET|POST …/page`, `POST /api/previews/email`, `…/page`: mail and page as they would
 * look, as the survey is being worked on.
 */
export function previewRoutes(context: ResponsesContext): readonly Route[] {
  const saved = async (workspaceId: string, key: string) =>
    underItsBrand(workspaceId, contentNow(await findEdited(context, { workspaceId, key })));

  const underItsBrand = async (workspaceId: string, survey: SurveyContent, requested?: string | Brand) => {
    if (typeof requested === 'object') return { survey, brand: requested };
    const named = requested ?? survey.delivery.brand;
    const found = named === undefined ? undefined : await findBrand(context.database.db, workspaceId, named);
    // A draft may name a brand that is still to be made.
    if (!found && requested !== undefined) throw await unknownBrand(workspaceId, requested);
    return { survey, brand: found?.content };
  };

  const unknownBrand = async (workspaceId: string, brand: string) => {
    const brands = (await listBrands(context.database.db, workspaceId)).map(({ key }) => key);
    return invalidField('brand', { code: 'field.unknown_brand', params: { brand, brands } });
  };
  type Shown = Awaited<ReturnType<typeof underItsBrand>>;

  const showEmail = async ({ survey, brand }: Shown, request: { language?: string | undefined; email: Email }) => {
    const texts = textsIn(context, request.language ?? firstOf(survey));
    const of = { survey, texts, brand, usual: context.email?.from, email: request.email };
    const { sender, ...rendered } = await previewEmail(of);
    return { ...rendered, sender: sender ?? null };
  };

  const showPage = ({ survey, brand }: Shown, request: PageRequest) => {
    const texts = textsIn(context, request.language ?? firstOf(survey));
    const rating = ratingOf(survey, request.rating);
    const languages = survey.texts.languages.flatMap((tag) => context.texts.get(tag)?.language ?? []);
    return previewPage({ survey: underBrand(survey, brand), texts, languages, view: request.view, rating });
  };

  const missingIn = (survey: SurveyContent, requested: string | undefined) => [
    ...unwritten(survey.texts, requested ?? firstOf(survey)),
  ];

  return [
    route({
      method: 'get',
      path: '/surveys/:key/email',
      tokens: emailTokens,
      about,
      summary: 'Previews an email of the draft for an example contact. Its links do nothing.',
      scope: 'read',
      params: byKey,
      query: z.strictObject({ language, email }),
      answer: shownEmail,
      respond: async ({ caller, params, query }) => showEmail(await saved(caller.workspaceId, params.key), query),
    }),
    route({
      method: 'get',
      path: '/surveys/:key/page',
      about,
      summary: 'Previews a page of the draft for an example contact, as HTML for a frame.',
      scope: 'read',
      params: byKey,
      query: z.strictObject({ language, view, rating }),
      answer: page,
      isPage: true,
      respond: async ({ caller, params, query }) => showPage(await saved(caller.workspaceId, params.key), query),
    }),
    route({
      method: 'post',
      path: '/surveys/:key/page',
      about,
      summary: 'Previews a page of the draft with unsaved changes.',
      scope: 'read',
      params: byKey,
      body: z.strictObject({ language, view, rating, changes: surveyChanges.default({}) }),
      answer: page,
      isPage: true,
      isQuestion: true,
      respond: async ({ caller: { workspaceId }, params: { key }, body: { changes, ...request } }) => {
        const before = contentNow(await findEdited(context, { workspaceId, key }));
        return showPage(await underItsBrand(workspaceId, readChanged(context, before, changes)), request);
      },
    }),
    route({
      method: 'post',
      path: '/previews/email',
      tokens: emailTokens,
      about,
      summary: 'Previews an email of a survey. Nothing is saved.',
      scope: 'read',
      body: z.strictObject({ content, language, email, brand }),
      answer: shownEmail.extend({ missing }),
      isQuestion: true,
      respond: async ({ caller: { workspaceId }, body }) => {
        const survey = readUnsaved(context, body.content);
        const shown = await showEmail(await underItsBrand(workspaceId, survey, body.brand), body);
        return { ...shown, missing: missingIn(survey, body.language) };
      },
    }),
    route({
      method: 'post',
      path: '/previews/page',
      about,
      summary: 'Previews a page of a survey. Nothing is saved.',
      scope: 'read',
      body: z.strictObject({ content, language, view, rating, brand }),
      answer: z.strictObject({ html: z.string(), missing }),
      isQuestion: true,
      respond: async ({ caller: { workspaceId }, body }) => {
        const survey = readUnsaved(context, body.content);
        const { html } = showPage(await underItsBrand(workspaceId, survey, body.brand), body);
        return { html, missing: missingIn(survey, body.language) };
      },
    }),
  ];
}

type Email = z.output<typeof email>;
type PageRequest = {
  language?: string | undefined;
  view: z.output<typeof view>;
  rating?: number | undefined;
};

function firstOf({ texts }: SurveyContent): string {
  return texts.languages[0] ?? 'en';
}

function ratingOf(survey: SurveyContent, requested: number | undefined): number {
  const scale = surveyScale(survey);
  const rating = requested ?? scale.highest - 1;
  if (isPoint(scale, rating)) return rating;
  throw invalidField('rating', { code: 'field.out_of_range', params: { min: scale.lowest, max: scale.highest } });
}
