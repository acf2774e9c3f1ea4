import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { z } from 'zod';
import { NotFound, UnsupportedMediaType } from '../../model/errors.ts';
import { noteChange } from '../audit/queries.ts';
import type { PlatformContext } from '../context.ts';
import { allow, readCaller } from './authenticate.ts';
import type { Caller, Identification } from './caller.ts';
import { requestLanguage } from './messages.ts';
import { once } from './once.ts';
import { sendPieces } from './pieces.ts';
import { isStorable, jsonBody, readBody, readInput } from './read-body.ts';
import { changesSomething, type page, type Route, type RouteInput, type Streamed, successStatus } from './route.ts';
import { pay, type Spending } from './spending.ts';

const nothing = z.strictObject({});

/**
 * Makes routes out of what was declared: who may, what was sent, once, and who did it.
 *
 * @param options.workspaceId where whoever needs no key is nobody
 * @param options.spend takes what a route costs beyond a request's one token
 */
export function mountRoutes(
  context: PlatformContext,
  routes: readonly Route[],
  {
    workspaceId,
    spend,
    isFresh,
  }: {
    workspaceId: string;
    spend: Spending;
    isFresh: Identification['isFresh'];
  },
): Router {
  const anonymous: Caller = { workspaceId, actor: 'anonymous', scopes: new Set() };
  const router = express.Router();
  for (const route of routes) {
    const { tokens = 1 } = route;
    const guards = [
      ...(route.scope === null ? [] : [allow(route, isFresh, context.log)]),
      ...(tokens > 1 ? [pay(spend, tokens - 1)] : []),
      ...(route.body ? [onlyJson, jsonBody] : []),
    ];
    router[route.method](route.path, ...guards, async (request, response) => {
      const caller = route.scope === null ? anonymous : readCaller(response);
      const sent = read(route, { request, response, caller });
      const answer = () => act(context, route, sent);
      if (route.streams !== undefined) {
        if (request.method === 'HEAD') response.set('Content-Type', route.streams).end();
        else await sendPieces(response, route.streams, (await answer()).body as Streamed, context.log);
        return;
      }
      const isOnce = route.scope !== null && changesSomething(route);
      const { status, body } = isOnce ? await once(context, { request, response, caller }, answer) : await answer();
      if (status === 204) response.status(204).end();
      else if (route.isPage) sendPage(response, body as z.output<typeof page>);
      else response.status(status).json(body);
    });
  }
  return router;
}

function sendPage(response: Response, { html, headers }: z.output<typeof page>): void {
  response.set(headers).type('html').send(html);
}

function read(
  route: Route,
  { request, response, caller }: { request: Request; response: Response; caller: Caller },
): RouteInput {
  return {
    params: readAddress(request, route.params ?? nothing),
    query: readInput(request.query, route.query ?? nothing, 'query'),
    body: route.body && readBody(request, route.body),
    caller,
    visitor: {
      address: request.ip ?? '',
      headers: request.headers,
      setCookies: (cookies) => response.append('Set-Cookie', [...cookies]),
    },
    language: requestLanguage(request, caller),
  };
}

/** What cannot be an id or a key names nothing. @throws NotFound */
function readAddress({ params }: Request, schema: z.ZodObject): unknown {
  const read = schema.safeParse(params);
  if (!read.success || !isStorable(params)) throw new NotFound('address');
  return read.data;
}

async function act(context: PlatformContext, route: Route, sent: RouteInput) {
  const body = await route.respond(sent);
  const { workspaceId, actor } = sent.caller;
  if (route.does && !route.isNoted) {
    // Which fields were sent, never what stood in them.
    const detail = sent.body ? { fields: Object.keys(sent.body) } : {};
    const subject = subjectOf(sent, body);
    await noteChange(context.database.db, {
      workspaceId,
      actor,
      action: route.does,
      subject,
      detail,
      at: context.clock(),
    });
  }
  return { status: successStatus(route), body };
}

/** What a write was about: what its address names, else what came of it, else the whole workspace. */
function subjectOf({ params, caller }: RouteInput, body: unknown): string {
  const [named] = Object.values(params as object);
  const made = body as { id?: unknown; key?: unknown } | undefined;
  return String(named ?? made?.id ?? made?.key ?? caller.workspaceId);
}

/** Anything else would be taken for nothing at all. */
const onlyJson: RequestHandler = (request, _response, next) => {
  if (request.is('json') === false) {
    throw new UnsupportedMediaType();
  }
  next();
};
