import { z } from 'zod';
import { NotFound } from '../../../model/errors.ts';
import { renderFor } from '../../../platform/http/messages.ts';
import { type Route, type RouteInput, route } from '../../../platform/http/route.ts';
import { byId, withoutUndefined } from '../../../platform/http/shapes.ts';
import type { ResponsesContext } from '../context.ts';
import { correctResponse, restoreResponse, retractResponse } from '../correct.ts';
import { asResponse, responseItem } from '../items.ts';
import { listResponses } from '../queries/list-responses.ts';

const reason = z.string().max(500).describe('Reason, as a sentence.');

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
      summary: 'Gets a response.',
      scope: 'read',
      params: byId,
      answer: responseItem,
      respond: ({ params, ...sent }) => show(sent, params.id),
    }),
    route({
      ...correction,
      method: 'post',
      path: '/responses/:id/retract',
      summary: 'Retracts a response. The contact’s records and the ticket are updated.',
      body: z.strictObject({ reason }),
      refusals: { 409: 'The response is already retracted.' },
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
      summary: 'Restores a response that was retracted, quarantined or unconfirmed.',
      refusals: { 409: 'The response counts already, or is still pending.' },
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
      summary: 'Corrects a response, such as when the customer told an agent otherwise.',
      body: z.strictObject({
        rating: z.int().optional().describe('New rating, on the scale of the survey.'),
        comment: z.string().nullable().optional().describe('Empty or null removes the comment.'),
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
