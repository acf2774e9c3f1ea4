import { z } from 'zod';
import { metric } from '../../../model/scale.ts';
import { asProblems, fieldProblem } from '../../../platform/http/problem.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { text, utcTimestamp } from '../../../platform/http/shapes.ts';
import { createRender } from '../../../platform/messages/render.ts';
import type { SurveysContext } from '../context.ts';
import { arrange, changeSurvey, contentNow, createSurvey, deleteSurvey, findEdited, revisionOf } from '../edit.ts';
import { findProblems, publish, type Turn, turn } from '../publish.ts';
import { type EditedSurvey, listEditedSurveys, listVersions } from '../queries/survey-editing.ts';
import { surveyChanges, surveyContent, surveyKey, surveyStatus } from '../survey.ts';

const content = surveyContent.meta({ id: 'SurveyContent' });

export const surveyItem = z
  .strictObject({
    key: z.string(),
    name: z.string().nullable(),
    metric,
    status: surveyStatus,
    readOnly: z.boolean().describe('Whether it is kept in SURVEYS_FILE, and changed there.'),
    version: z.int().describe('The newest that was published; 0 before the first.'),
    publishedAt: utcTimestamp.nullable(),
    revision: z.string().describe('Another one whenever what is being worked on was changed.'),
    published: content.nullable().describe('What it asks with.'),
    draft: content.nullable().describe('What is being worked on; null when there is nothing new.'),
  })
  .meta({ id: 'Survey' });

const byKey = z.strictObject({ key: surveyKey });

const about = 'Surveys';
const inFile = 'It is kept in SURVEYS_FILE, or is not in a state for that.';

const turns: readonly { how: Turn; summary: string }[] = [
  { how: 'pause', summary: 'It asks no one until it is resumed; links that are out stay good.' },
  { how: 'resume', summary: 'It asks again.' },
  { how: 'unpublish', summary: 'It asks no one any more; its answers stay.' },
];

/** `/api/surveys`: drafts, versions, and which of them asks. */
export function surveyRoutes(context: SurveysContext): readonly Route[] {
  const { database } = context;
  const show = async (workspaceId: string, key: string) => describe(await findEdited(context, { workspaceId, key }));

  return [
    route({
      method: 'get',
      path: '/surveys',
      about,
      summary: 'The surveys, in the order in which they may ask.',
      scope: 'read',
      answer: z.strictObject({ items: z.array(surveyItem), next: z.null() }),
      respond: async ({ caller }) => ({
        items: (await listEditedSurveys(database.db, caller.workspaceId)).map(describe),
        next: null,
      }),
    }),
    route({
      method: 'post',
      path: '/surveys',
      about,
      summary: 'Makes a draft; what is left out has the usual value of its metric.',
      scope: 'surveys:write',
      body: surveyChanges.required({ metric: true }).extend({ key: surveyKey }),
      status: 201,
      answer: surveyItem,
      refusals: { 409: 'The key is taken.' },
      does: 'survey.create',
      respond: async ({ caller: { workspaceId }, body }) =>
        show(workspaceId, await createSurvey(context, workspaceId, body)),
    }),
    route({
      method: 'put',
      path: '/surveys/order',
      about,
      summary: 'Says in which order they may ask: of several that would ask about a ticket, the first does.',
      scope: 'surveys:write',
      body: z.strictObject({ keys: z.array(surveyKey).describe('All that are not kept in SURVEYS_FILE.') }),
      answer: z.strictObject({ keys: z.array(z.string()) }),
      does: 'survey.arrange',
      respond: async ({ caller: { workspaceId }, body }) => {
        await arrange(context, workspaceId, body.keys);
        return { keys: (await listEditedSurveys(database.db, workspaceId)).map(({ row }) => row.key) };
      },
    }),
    route({
      method: 'get',
      path: '/surveys/:key',
      about,
      summary: 'One survey.',
      scope: 'read',
      params: byKey,
      answer: surveyItem,
      respond: ({ caller, params }) => show(caller.workspaceId, params.key),
    }),
    route({
      method: 'patch',
      path: '/surveys/:key',
      about,
      summary: 'Changes the draft; each part that is sent takes the place of the one before.',
      scope: 'surveys:write',
      params: byKey,
      query: z.strictObject({
        revision: text(40).optional().describe('The one that was seen: refused when somebody else changed it since.'),
      }),
      body: surveyChanges,
      answer: surveyItem,
      refusals: {
        409: 'It is kept in SURVEYS_FILE, or somebody else changed it meanwhile.',
        422: 'It was published, and scores would mix.',
      },
      does: 'survey.change',
      respond: async ({ caller: { workspaceId }, params: { key }, query: { revision }, body }) => {
        await changeSurvey(context, { workspaceId, key, revision }, body);
        return show(workspaceId, key);
      },
    }),
    route({
      method: 'delete',
      path: '/surveys/:key',
      about,
      summary: 'Takes away a draft that was never published.',
      scope: 'surveys:write',
      params: byKey,
      refusals: { 409: 'It was published, and its answers stay; or it is kept in SURVEYS_FILE.' },
      does: 'survey.delete',
      respond: ({ caller: { workspaceId }, params: { key } }) => deleteSurvey(context, { workspaceId, key }),
    }),
    route({
      method: 'get',
      path: '/surveys/:key/problems',
      about,
      summary: 'What publishing would refuse the draft for.',
      scope: 'read',
      params: byKey,
      answer: z.strictObject({ items: z.array(fieldProblem) }),
      respond: async ({ caller: { workspaceId }, params: { key }, language }) => {
        const problems = await findProblems(context, { workspaceId, key });
        return { items: asProblems(problems, createRender({ language })) };
      },
    }),
    route({
      method: 'get',
      path: '/surveys/:key/versions',
      about,
      summary: 'Every version that was published, the newest first.',
      scope: 'read',
      params: byKey,
      answer: z.strictObject({
        items: z.array(z.strictObject({ version: z.int(), publishedAt: utcTimestamp, content })),
        next: z.null(),
      }),
      respond: async ({ caller: { workspaceId }, params: { key } }) => {
        const { row } = await findEdited(context, { workspaceId, key });
        return { items: await listVersions(database.db, row.id), next: null };
      },
    }),
    route({
      method: 'post',
      path: '/surveys/:key/publish',
      about,
      summary: 'Freezes the draft as a version and asks with it from now on.',
      scope: 'surveys:write',
      params: byKey,
      answer: surveyItem,
      refusals: { 409: inFile, 422: 'It could not be sent as it is; every reason is named.' },
      does: 'survey.publish',
      respond: async ({ caller: { workspaceId }, params: { key } }) => {
        await publish(context, { workspaceId, key });
        return show(workspaceId, key);
      },
    }),
    ...turns.map(({ how, summary }) =>
      route({
        method: 'post',
        path: `/surveys/:key/${how}`,
        about,
        summary,
        scope: 'surveys:write',
        params: byKey,
        answer: surveyItem,
        refusals: { 409: inFile },
        does: `survey.${how}`,
        respond: async ({ caller: { workspaceId }, params: { key } }) => {
          await turn(context, { workspaceId, key }, how);
          return show(workspaceId, key);
        },
      }),
    ),
  ];
}

function describe(survey: EditedSurvey) {
  const { row, published, draft } = survey;
  const { name, metric } = contentNow(survey);
  return {
    key: row.key,
    name: name ?? null,
    metric,
    status: row.status,
    readOnly: row.origin === 'file',
    version: row.version,
    publishedAt: published?.at ?? null,
    revision: revisionOf(survey),
    published: published?.content ?? null,
    draft: draft ?? null,
  };
}
