import { z } from 'zod';
import { isCoreField } from '../../../model/account-fields.ts';
import { recordFields } from '../../../model/crm-field-definitions.ts';
import { type Route, route } from '../../../platform/http/route.ts';

export const fieldItem = z
  .strictObject({
    key: z.string().describe('Default name of the field. "fieldNames" of a connection can change it.'),
    label: z.string(),
    description: z.string(),
    core: z.boolean().describe('Whether the field is in the core field profile.'),
  })
  .meta({ id: 'RecordField' });

/** `GET /api/fields`: what stands on a contact's record. */
export const fieldRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/fields',
    about: 'Connections',
    summary: 'Lists the CRM fields with their meaning.',
    scope: 'read',
    answer: z.strictObject({ items: z.array(fieldItem), next: z.null() }),
    respond: async () => ({
      items: recordFields.map(({ key, label, description }) => ({
        key,
        label,
        description,
        core: isCoreField({ key }),
      })),
      next: null,
    }),
  }),
];
