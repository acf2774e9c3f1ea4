import { z } from 'zod';
import { metric } from '../../../model/scale.ts';
import { asProblems, fieldProblem } from '../../../platform/http/problem.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { text, utcTimestamp } from '../../../platform/http/shapes.ts';
import { createRender } from '../../../platform/messages/render.ts';
import type { SurveysContext } from '../context.ts';
import { arrange, changeSurvey, contentNow, createSurvey, deleteSurvey, draftRevision, findEdited } from '../edit.ts';
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
    readOnly: z.boolean().describe('Whether the survey is defined in SURVEYS_FILE and can be changed only there.'),
    version: z.int().describe('Latest published version. 0 before the first.'),
    publishedAt: utcTimestamp.nullable(),
    revision: z.string().describe('Changes whenever the draft changes.'),
    published: content.nullable().describe('The published content.'),
    draft: content.nullable().describe('Unpublished changes. Null if there are none.'),
  })
  .meta({ id: 'Survey' });

const byKey = z.strictObject({ key: surveyKey });

const about = 'Surveys';
const inFile = 'The survey is defined in SURVEYS_FILE, or its status does not allow this.';

const turns: readonly { how: Turn; summary: string }[] = [
  { how: 'pause', summary: 'Pauses a survey. Links that were sent stay valid.' },
  { how: 'resume', summary: 'Resumes a survey.' },
  { how: 'unpublish', summary: 'Unpublishes a survey. Its responses are kept.' },
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
      summary: 'Lists surveys in their order of priority.',
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
      summary: 'Creates a draft. What is left out has the default of its metric.',
      scope: 'surveys:write',
      body: surveyChanges.required({ metric: true }).extend({ key: surveyKey }),
      status: 201,
      answer: surveyItem,
      refusals: { 409: 'The key is already in use.' },
      does: 'survey.create',
      respond: async ({ caller: { workspaceId }, body }) =>
        show(workspaceId, await createSurvey(context, workspaceId, body)),
    }),
    route({
      method: 'put',
      path: '/surveys/order',
      about,
      summary: 'Sets the order of surveys. If several match a ticket, the first one asks.',
      scope: 'surveys:write',
      body: z.strictObject({ keys: z.array(surveyKey).describe('Keys of all surveys that are not in SURVEYS_FILE.') }),
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
      summary: 'Gets a survey.',
      scope: 'read',
      params: byKey,
      answer: surveyItem,
      respond: ({ caller, params }) => show(caller.workspaceId, params.key),
    }),
    route({
      method: 'patch',
      path: '/surveys/:key',
      about,
      summary: 'Updates the draft. Each property that is sent replaces the previous value.',
      scope: 'surveys:write',
      params: byKey,
      query: z.strictObject({
        revision: text(40)
          .optional()
          .describe('Revision that the changes are based on. The request fails if the draft has changed since.'),
      }),
      body: surveyChanges,
      answer: surveyItem,
      refusals: {
        409: 'The survey is defined in SURVEYS_FILE, or was changed by someone else in the meantime.',
        422: 'The survey was published, and this change would mix different scores.',
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
      summary: 'Deletes a draft that was never published.',
      scope: 'surveys:write',
      params: byKey,
      refusals: { 409: 'The survey was published, or is defined in SURVEYS_FILE.' },
      does: 'survey.delete',
      respond: ({ caller: { workspaceId }, params: { key } }) => deleteSurvey(context, { workspaceId, key }),
    }),
    route({
      method: 'get',
      path: '/surveys/:key/problems',
      about,
      summary: 'Lists the problems that prevent publishing the draft.',
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
      summary: 'Lists published versions, newest first.',
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
      summary: 'Publishes the draft as a new version.',
      scope: 'surveys:write',
      params: byKey,
      answer: surveyItem,
      refusals: { 409: inFile, 422: 'The draft cannot be published. `problems` lists the reasons.' },
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
    revision: draftRevision(survey),
    published: published?.content ?? null,
    draft: draft ?? null,
  };
}
