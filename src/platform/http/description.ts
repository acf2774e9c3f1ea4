import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import manifest from '../../../package.json' with { type: 'json' };
import { keyHeader } from './once.ts';
import { problemDocument } from './problem.ts';
import { changesSomething, type Route, successOf } from './route.ts';

const introduction = `Everything that Scoreback knows and does, for programs.

Send a key as \`Authorization: Bearer …\`. A key has scopes; what is refused names the one that is missing.

Lists answer \`{"items": […], "next": …}\`; \`next\`, sent as \`cursor\`, is the page behind.

A write that carries an \`${keyHeader}\` is done once, however often it is sent within a day.

A session that did not give its password or second factor within 15 minutes is refused where something opens doors, with the code \`fresh_sign_in_required\`: \`POST /confirm\`, then repeat. Keys are never asked.

Unknown fields are refused, and every refusal says which field and what to do about it.`;

/** The API in OpenAPI 3.1, made from what the routes declare. */
export function describeApi(routes: readonly Route[], publicUrl: string): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/gu, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  const sessionCookie = `${publicUrl.startsWith('https:') ? '__Host-' : ''}scoreback.session_token`;
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Scoreback',
      version: manifest.version,
      description: introduction,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: `${publicUrl}/api` }],
    tags: [...new Set(routes.map(({ about }) => about))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: sessionCookie },
      },
    },
  });
}

function operation(route: Route): ZodOpenApiOperationObject {
  const { about, summary, scope, params, query, body } = route;
  const status = successOf(route);
  const writes = changesSomething(route) && scope !== null;
  return {
    operationId: nameOf(route),
    tags: [about],
    summary,
    ...needs(scope),
    requestParams: {
      ...(params ? { path: params } : {}),
      ...(query ? { query } : {}),
      ...(writes ? { header: z.object({ [keyHeader]: z.string().max(255).optional() }) } : {}),
    },
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    responses: {
      [`${status}` as '200']: {
        description: STATUS_CODES[status] ?? '',
        ...contentOf(route),
      },
      ...Object.fromEntries(Object.entries(refusals(route)).map(([code, description]) => [code, refusal(description)])),
    },
  };
}

function needs(scope: Route['scope']): Pick<ZodOpenApiOperationObject, 'description' | 'security'> {
  if (scope === null) return { security: [] };
  if (scope === 'self') return { description: 'For whoever is signed in.', security: [{ session: [] }] };
  return { description: `Needs the scope \`${scope}\`.`, security: [{ key: [] }, { session: [] }] };
}

function contentOf({ answer, isPage, streams }: Route) {
  if (streams) return { content: { [streams.replace(/;.*/u, '')]: { schema: { type: 'string' as const } } } };
  if (isPage) return { content: { 'text/html': { schema: z.string() } } };
  return answer ? { content: { 'application/json': { schema: answer } } } : {};
}

function refusals({ scope, params, query, body, refusals: own }: Route): Readonly<Record<string, string>> {
  return {
    ...(params || query || body ? { 400: 'What was sent has problems, each named.' } : {}),
    ...(scope === null ? {} : { 401: 'Nobody is signed in.' }),
    ...(scope === null ? {} : { 403: scope === 'self' ? 'A key is no person.' : `The scope \`${scope}\` is missing.` }),
    ...(params ? { 404: 'There is no such thing here.' } : {}),
    ...own,
  };
}

function refusal(description: string) {
  return { description, content: { 'application/problem+json': { schema: problemDocument } } };
}

/** `GET /surveys/:key/versions` is `getSurveysKeyVersions`. */
function nameOf({ method, path }: Route): string {
  return method + path.replace(/(?:^|[/:.-]+)(\w)/gu, (_all, email: string) => email.toUpperCase());
}
