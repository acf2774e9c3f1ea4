import { z } from 'zod';
import type { Panel, PanelRequest, WebhookRequest } from '../../src/connector.ts';
import { accountFields } from '../../src/model/account-fields.ts';
import { BadRequest } from '../../src/model/errors.ts';
import { fieldIssue } from '../../src/model/field-problems.ts';
import { readAs } from '../../src/model/verified-body.ts';
import { writeValues } from './values.ts';
import { webhooks } from './webhooks.ts';

/**
 * The app card in `app/src/app/cards`, which asks by `hubspot.fetch`: HubSpot calls us in its place, adds who is
 * looking to the address, and signs that as it signs webhooks.
 * https://developers.hubspot.com/docs/apps/developer-platform/add-features/ui-extensions/fetching-data
 */
export const panel: Panel = {
  verify: webhooks.verify,
  read,
  render: ({ values, ...content }, fieldNames) => ({
    ...content,
    properties: writeValues(values, accountFields(fieldNames)),
  }),
};

const notShown = { code: 'panel_not_shown', params: {} } as const;

const number = z.string().regex(/^\d+$/u, fieldIssue('field.number'));

const asked = z
  .object({
    portalId: number,
    userId: number,
    objectTypeId: z.enum(['0-1', '0-5']),
    objectId: number,
    language: z.string().max(35).optional(),
  })
  .transform(
    ({ portalId, userId, objectTypeId, objectId, language }): PanelRequest => ({
      account: portalId,
      agent: userId,
      record: { kind: objectTypeId === '0-1' ? 'contact' : 'ticket', id: objectId },
      ...(language ? { language } : {}),
    }),
  );

/** The card writes a part of the address: what it names twice could be meant for HubSpot's own. */
function read({ url }: WebhookRequest): PanelRequest {
  const { searchParams } = new URL(url);
  const twice = [...new Set(searchParams.keys())].filter((name) => searchParams.getAll(name).length > 1);
  if (twice.length > 0) {
    const problems = twice.map(
      (field) => ({ field, message: { code: 'field.used_twice', params: { value: field } } }) as const,
    );
    throw new BadRequest(notShown, { problems });
  }
  return readAs(asked, Object.fromEntries(searchParams), notShown);
}
