import { z } from 'zod';
import { Conflict, NotFound } from '../../../model/errors.ts';
import { smtpUrlAt } from '../../../platform/email/smtp-server.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { utcTimestamp } from '../../../platform/http/shapes.ts';
import { brandContent as brandDefinition } from '../brand.ts';
import type { SurveysContext } from '../context.ts';
import { type BrandRow, findBrand, listBrands, removeBrand, saveBrand } from '../queries/brands.ts';
import { listEditedSurveys } from '../queries/survey-editing.ts';
import { surveyKey } from '../survey.ts';

export const brandItem = brandDefinition
  .extend({
    hasEmailServer: z.boolean().describe('Whether the brand has its own email server.'),
    updatedAt: utcTimestamp,
  })
  .meta({ id: 'Brand' });

const { key: _key, ...parts } = brandDefinition.shape;

const smtpUrlDescription =
  'The brand’s own email server, as smtp:// or smtps:// with host, port, user and password only. It is never returned. Null removes it.';

/** What is left out stays as it is. */
const changes = z.strictObject({
  ...parts,
  tickets: parts.tickets.unwrap(),
  branding: parts.branding.unwrap(),
});

const byKey = z.strictObject({ key: surveyKey });

const about = 'Brands';

/** `/api/brands`: under whose names a workspace writes. */
export function brandRoutes({ database, encryption, clock, typedHosts }: SurveysContext): readonly Route[] {
  const { db } = database;
  const smtpUrl = smtpUrlAt(typedHosts.emailServer).nullable().optional().describe(smtpUrlDescription);
  const find = async (workspaceId: string, key: string) => {
    const found = await findBrand(db, workspaceId, key);
    if (!found) throw new NotFound('brand');
    return found;
  };

  return [
    route({
      method: 'get',
      path: '/brands',
      about,
      summary: 'Lists brands.',
      scope: 'read',
      answer: z.strictObject({ items: z.array(brandItem), next: z.null() }),
      respond: async ({ caller }) => ({ items: (await listBrands(db, caller.workspaceId)).map(describe), next: null }),
    }),
    route({
      method: 'post',
      path: '/brands',
      about,
      summary: 'Creates a brand.',
      scope: 'surveys:write',
      body: brandDefinition.extend({ smtpUrl }),
      status: 201,
      answer: brandItem,
      refusals: { 409: 'The key is already in use.' },
      does: 'brand.create',
      respond: async ({ caller: { workspaceId }, body: { smtpUrl: server, ...content } }) => {
        if (await findBrand(db, workspaceId, content.key)) {
          const problems = [{ field: 'key', message: { code: 'field.key_taken', params: {} } }] as const;
          throw new Conflict({ code: 'key_taken', params: { kind: 'brand', key: content.key } }, { problems });
        }
        return describe(await saveBrand(db, { workspaceId, content, ...said(server) }, { encryption, now: clock() }));
      },
    }),
    route({
      method: 'get',
      path: '/brands/:key',
      about,
      summary: 'Gets a brand.',
      scope: 'read',
      params: byKey,
      answer: brandItem,
      respond: async ({ caller, params }) => describe(await find(caller.workspaceId, params.key)),
    }),
    route({
      method: 'patch',
      path: '/brands/:key',
      about,
      summary: 'Updates a brand. Each property that is sent replaces the previous value.',
      scope: 'surveys:write',
      params: byKey,
      body: changes.extend({ smtpUrl }).partial(),
      answer: brandItem,
      does: 'brand.change',
      respond: async ({ caller: { workspaceId }, params, body: { smtpUrl: server, ...changed } }) => {
        const { content: before } = await find(workspaceId, params.key);
        const content = brandDefinition.parse({ ...before, ...changed });
        return describe(await saveBrand(db, { workspaceId, content, ...said(server) }, { encryption, now: clock() }));
      },
    }),
    route({
      method: 'delete',
      path: '/brands/:key',
      about,
      summary: 'Deletes a brand.',
      scope: 'surveys:write',
      params: byKey,
      refusals: { 409: 'A survey uses the brand.' },
      does: 'brand.delete',
      respond: async ({ caller: { workspaceId }, params }) => {
        await find(workspaceId, params.key);
        const named = (await listEditedSurveys(db, workspaceId)).filter(({ published, draft }) =>
          [published?.content, draft].some((content) => content?.delivery.brand === params.key),
        );
        if (named.length > 0) {
          const surveys = named.map(({ row }) => row.key);
          throw new Conflict({ code: 'brand_in_use', params: { surveys } });
        }
        await removeBrand(db, workspaceId, params.key);
      },
    }),
  ];
}

const said = (smtpUrl: string | null | undefined) => (smtpUrl === undefined ? {} : { smtpUrl });

function describe({ content, encryptedSmtpUrl, updatedAt }: BrandRow) {
  return { ...content, hasEmailServer: encryptedSmtpUrl !== null, updatedAt };
}
