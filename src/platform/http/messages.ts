import type { Request } from 'express';
import { z } from 'zod';
import { chooseMessageLanguage, type MessageLanguage } from '../../model/messages/languages.ts';
import type { Message } from '../../model/messages/message.ts';
import type { PlatformContext } from '../context.ts';
import { createRender, type Render } from '../messages/render.ts';
import { findTimeZone } from '../workspaces/queries.ts';
import type { Caller } from './caller.ts';
import type { RouteInput } from './route.ts';

/** What a sentence names: programs read this, people the `message` beside it. */
export const reasonParams = z.record(z.string(), z.unknown());

/** What programs and people each can read. */
export const messageShape = z
  .strictObject({
    code: z.string(),
    params: reasonParams,
    message: z.string().describe('In the language of `Accept-Language`, or English if that language is not supported.'),
  })
  .meta({ id: 'Message' });

/** In which language a caller is answered: what they chose for the console, else what their program asks for. */
export function requestLanguage(request: Request, caller: Pick<Caller, 'user'> | undefined): MessageLanguage {
  const chosen = caller?.user?.language ?? undefined;
  return chooseMessageLanguage([...(chosen === undefined ? [] : [chosen]), ...request.acceptsLanguages()]);
}

/** How a route puts messages in words for whoever called: in their language, and the workspace's time zone. */
export async function renderFor(
  { database }: Pick<PlatformContext, 'database'>,
  { caller, language }: Pick<RouteInput, 'caller' | 'language'>,
): Promise<Render> {
  return createRender({ language, timeZone: await findTimeZone(database.db, caller.workspaceId) });
}

/** A message as the API tells it. */
export function asMessage(area: Parameters<Render>[0], { code, params }: Message, say: Render) {
  return { code, params, message: say(area, { code, params }) };
}

type Reasoned = { reason: string; reasonParams: object };

/** A decision's reason, of which the parameters are gone when its contact was erased. */
export function asReason({ reason, reasonParams }: Reasoned, say: Render) {
  const isErased = 'kind' in reasonParams && reasonParams.kind === 'erased';
  const message = say(
    'decisions',
    isErased ? { code: 'contact_erased', params: {} } : { code: reason, params: reasonParams },
  );
  return { reasonCode: reason, reasonParams: { ...reasonParams }, message };
}
