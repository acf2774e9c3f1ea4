import { z } from 'zod';
import { NotFound } from '../../errors.ts';
import { correctResponse, restoreResponse, retractResponse } from '../../flows/answering/correct.ts';
import type { Context } from '../../flows/context.ts';
import { listResponses } from '../../store/listings/responses.ts';
import { responseItem } from './items.ts';
import { type Route, route } from './route.ts';
import { byId, withoutUndefined } from './shapes.ts';

const because = z.string().max(500).describe('Why, as a sentence, for whoever finds it later.');

const about = 'Answers';

/** `GET /api/responses/:id`; `POST …/retract`, `…/restore`, `…/correct`: records and tickets follow. */
export function correctionRoutes(context: Context): readonly Route[] {
  async function show(workspaceId: string, id: string) {
    const [found] = (await listResponses(context.database.db, workspaceId, { id }, { limit: 1 })).items;
    if (!found) throw new NotFound('response');
    return found;
  }

  const correction = { about, scope: 'responses:write', params: byId, answer: responseItem, isNoted: true } as const;

  return [
    route({
      method: 'get',
      path: '/responses/:id',
      about,
      summary: 'One answer.',
      scope: 'read',
      params: byId,
      answer: responseItem,
      respond: ({ caller, params }) => show(caller.workspaceId, params.id),
    }),
    route({
      ...correction,
      method: 'post',
      path: '/responses/:id/retract',
      summary: 'Takes an answer off the record; the person’s records and the ticket follow.',
      body: z.strictObject({ because }),
      refusals: { 409: 'It is retracted already.' },
      does: 'response.retract',
      respond: async ({ caller: { workspaceId, actor }, params: { id }, body }) => {
        await retractResponse(context, { workspaceId, id, actor, ...body });
        return show(workspaceId, id);
      },
    }),
    route({
      ...correction,
      method: 'post',
      path: '/responses/:id/restore',
      summary: 'Puts an answer on the record that was retracted, taken for a machine’s, or never confirmed.',
      refusals: { 409: 'It counts, or is still judged.' },
      does: 'response.restore',
      respond: async ({ caller: { workspaceId, actor }, params: { id } }) => {
        await restoreResponse(context, { workspaceId, id, actor });
        return show(workspaceId, id);
      },
    }),
    route({
      ...correction,
      method: 'post',
      path: '/responses/:id/correct',
      summary: 'Changes what an answer says, as when the person has said so by another way.',
      body: z.strictObject({
        rating: z.int().optional().describe('On the scale that they were asked with.'),
        comment: z.string().nullable().optional().describe('Empty or null takes it away.'),
        because,
      }),
      does: 'response.correct',
      respond: async ({ caller: { workspaceId, actor }, params: { id }, body: { because: why, ...changes } }) => {
        await correctResponse(context, { workspaceId, id, actor, because: why, ...withoutUndefined(changes) });
        return show(workspaceId, id);
      },
    }),
  ];
}
