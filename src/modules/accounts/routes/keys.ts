import { z } from 'zod';
import { Forbidden, invalidField, NotFound } from '../../../model/errors.ts';
import type { PlatformContext } from '../../../platform/context.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { scope } from '../../../platform/http/scopes.ts';
import { byId, id, sentTimestamp, utcTimestamp } from '../../../platform/http/shapes.ts';
import type { Access } from '../access.ts';
import { type ApiKeyRow, listApiKeys, removeApiKey } from '../queries/api-keys.ts';

export const keyItem = z
  .strictObject({
    id,
    name: z.string(),
    begins: z.string().describe('The first characters of the key.'),
    scopes: z.array(z.string()),
    createdBy: z.string(),
    createdAt: utcTimestamp,
    expiresAt: utcTimestamp.nullable(),
    lastUsedAt: utcTimestamp.nullable(),
  })
  .meta({ id: 'ApiKey' });

const request = z.strictObject({
  name: z.string().trim().min(1).max(120).describe('Purpose of the key.'),
  scopes: z.array(scope).min(1),
  expiresAt: sentTimestamp
    .transform((text) => new Date(text))
    .optional()
    .describe('When the key expires. It never does by default.'),
});

const about = 'Access';

/** `/api/keys`: what programs sign in with. */
export function keyRoutes({ database, clock }: PlatformContext, access: Access): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/keys',
      about,
      summary: 'Lists API keys, without their secrets.',
      scope: 'admin',
      answer: z.strictObject({ items: z.array(keyItem), next: z.null() }),
      respond: async ({ caller }) => ({
        items: (await listApiKeys(database.db, caller.workspaceId)).map(describeKey),
        next: null,
      }),
    }),
    route({
      method: 'post',
      path: '/keys',
      about,
      summary: 'Creates an API key. It is returned only once.',
      scope: 'admin',
      body: request,
      status: 201,
      answer: keyItem.extend({ key: z.string() }),
      refusals: { 403: 'The key would have scopes that its creator does not have.' },
      isSensitive: true,
      does: 'key.create',
      respond: async ({ caller, body: { expiresAt, ...newKey } }) => {
        if (expiresAt && expiresAt <= clock()) {
          throw invalidField('expiresAt', { code: 'field.not_future', params: {} });
        }
        const missing = newKey.scopes.filter((scope) => !caller.scopes.has(scope));
        if (missing.length > 0) {
          const problems = [{ field: 'scopes', message: { code: 'field.not_your_scope', params: {} } }] as const;
          throw new Forbidden({ code: 'scopes_missing', params: { scopes: missing } }, { problems });
        }
        const of = { workspaceId: caller.workspaceId, createdBy: caller.actor, expiresAt: expiresAt ?? null };
        const { row, key } = await access.makeKey({ ...newKey, ...of }, caller);
        return { ...describeKey(row), key };
      },
    }),
    route({
      method: 'delete',
      path: '/keys/:id',
      about,
      summary: 'Revokes an API key.',
      scope: 'admin',
      params: byId,
      does: 'key.delete',
      respond: async ({ caller, params }) => {
        if (!(await removeApiKey(database.db, caller.workspaceId, params.id))) throw new NotFound('key');
      },
    }),
  ];
}

/** Without the key itself, which is not kept. */
export function describeKey({ id, name, begins, scopes, createdBy, createdAt, expiresAt, lastUsedAt }: ApiKeyRow) {
  return { id, name, begins, scopes, createdBy, createdAt, expiresAt, lastUsedAt };
}
