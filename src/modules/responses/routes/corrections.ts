import { z } from 'zod';
import { NotFound } from '../../../model/errors.ts';
import { renderFor } from '../../../platform/http/messages.ts';
import { type Route, type RouteInput, route } from '../../../platform/http/route.ts';
import { byId, withoutUndefined } from '../../../platform/http/shapes.ts';
import type { ResponsesContext } from '../context.ts';
import { correctResponse, restoreResponse, retractResponse } from '../correct.ts';
import { asResponse, responseItem } from '../items.ts';
import { listResponses } from '../queries/list-responses.ts';

const reason = z.string().max(500).describe('Why, as a sentence, for whoever finds it later.');

const about = 'Answers';

/** `GET /api/responses/:id`; `POST …/retract`, `…/restore`, `…/correct`: records and tickets follow. */
export function correctionRoutes(context: ResponsesContext): readonly Route[] {
  async function show(sent: Pick<RouteInput, 'caller' | 'language'>, id: string) {
    const { workspaceId } = sent.caller;
    const [found] = (await listResponses(context.database.db, workspaceId, { id }, { limit: 1 })).items;
    if (!found) throw new NotFound('response');
    return asResponse(found, await renderFor(context, sent));
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
      respond: ({ params, ...sent }) => show(sent, params.id),
    }),
    route({
      ...correction,
      method: 'post',
      path: '/responses/:id/retract',
      summary: 'Takes an answer off the record; the contact’s records and the ticket follow.',
      body: z.strictObject({ reason }),
      refusals: { 409: 'It is retracted already.' },
      does: 'response.retract',
      respond: async ({ params: { id }, body, ...sent }) => {
        await retractResponse(context, { ...whose(sent), id, ...body });
        return show(sent, id);
      },
    }),
    route({
      ...correction,
      method: 'post',
      path: '/responses/:id/restore',
      summary: 'Puts an answer on the record that was retracted, taken for a machine’s, or never confirmed.',
      refusals: { 409: 'It counts, or is still judged.' },
      does: 'response.restore',
      respond: async ({ params: { id }, ...sent }) => {
        await restoreResponse(context, { ...whose(sent), id });
        return show(sent, id);
      },
    }),
    route({
      ...correction,
      method: 'post',
      path: '/responses/:id/correct',
      summary: 'Changes what an answer says, as when the contact has said so by another way.',
      body: z.strictObject({
        rating: z.int().optional().describe('On the scale that they were asked with.'),
        comment: z.string().nullable().optional().describe('Empty or null takes it away.'),
        reason,
      }),
      does: 'response.correct',
      respond: async ({ params: { id }, body: { reason: why, ...changes }, ...sent }) => {
        await correctResponse(context, { ...whose(sent), id, reason: why, ...withoutUndefined(changes) });
        return show(sent, id);
      },
    }),
  ];
}

function whose({ caller: { workspaceId, actor } }: Pick<RouteInput, 'caller'>): { workspaceId: string; actor: string } {
  return { workspaceId, actor };
}
