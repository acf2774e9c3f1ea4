import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import manifest from '../../../package.json' with { type: 'json' };
import { keyHeader } from './once.ts';
import { problemDocument } from './problem.ts';
import { changesSomething, type Route, successStatus } from './route.ts';

const introduction = `The HTTP API of Scoreback.

Send an API key as \`Authorization: Bearer …\`. A key has scopes; an error names the one that is missing.

Lists return \`{"items": […], "next": …}\`. Send \`next\` as \`cursor\` to get the next page.

A write with an \`${keyHeader}\` header is done once, even if it is sent several times within 24 hours.

Sensitive operations need a session that gave its password or second factor within the last 15 minutes. Otherwise they fail with the code \`fresh_sign_in_required\`: call \`POST /confirm\`, then repeat. This does not apply to API keys.

Unknown fields are errors. Every error names the field and says what to do.`;

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
  const status = successStatus(route);
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
  if (scope === 'self') return { description: 'Needs a signed-in user.', security: [{ session: [] }] };
  return { description: `Needs the scope \`${scope}\`.`, security: [{ key: [] }, { session: [] }] };
}

function contentOf({ answer, isPage, streams }: Route) {
  if (streams) return { content: { [streams.replace(/;.*/u, '')]: { schema: { type: 'string' as const } } } };
  if (isPage) return { content: { 'text/html': { schema: z.string() } } };
  return answer ? { content: { 'application/json': { schema: answer } } } : {};
}

function refusals({ scope, params, query, body, refusals: own }: Route): Readonly<Record<string, string>> {
  return {
    ...(params || query || body ? { 400: 'The request is invalid. `problems` lists the fields.' } : {}),
    ...(scope === null ? {} : { 401: 'Authentication is missing or invalid.' }),
    ...(scope === null
      ? {}
      : { 403: scope === 'self' ? 'API keys cannot do this.' : `The scope \`${scope}\` is missing.` }),
    ...(params ? { 404: 'Not found.' } : {}),
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
