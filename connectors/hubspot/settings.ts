import { z } from 'zod';
import { baseUrl } from '../../src/model/base-url.ts';
import { fieldIssue } from '../../src/model/field-problems.ts';

const text = z.string().trim().min(1);

/** The environment keys of this connector. The token makes one connection; an OAuth app makes connections later. */
export const settings = z
  .object({
    HUBSPOT_ACCESS_TOKEN: text.optional().meta({
      description: 'The access token of a HubSpot app with static authentication, a service key or a private app.',
      secret: true,
      example: 'pat-eu1-0123456789abcdef',
    }),
    HUBSPOT_CLIENT_SECRET: text.optional().meta({
      description:
        'The client secret of the same app. Without it there are no webhooks. While it is rotated: the new one and the old one, separated by a comma.',
      secret: true,
      example: '01234567-89ab-cdef-0123-456789abcdef',
    }),
    HUBSPOT_CLIENT_ID: text.optional().meta({
      description: 'The client ID of a HubSpot app with OAuth, to connect accounts by consent in the console.',
      example: '76543210-89ab-cdef-0123-456789abcdef',
    }),
    HUBSPOT_CONTACT_KEY: z
      .string()
      .trim()
      .regex(/^[a-z][a-z0-9_]*$/u, fieldIssue('field.internal_name'))
      .optional()
      .meta({
        description:
          'A contact property, such as a customer number, whose equal values join records across systems into one contact.',
        example: 'customer_number',
      }),
    HUBSPOT_API_BASE_URL: baseUrl.default('https://api.hubapi.com').meta({
      description: 'The address of the HubSpot API, where a gateway stands in front of it.',
      example: 'https://api.hubapi.com',
    }),
  })
  .superRefine((given, context) => {
    const require = (key: keyof typeof given, setting: keyof typeof given) => {
      if (given[key] === undefined)
        context.addIssue({ code: 'custom', path: [key], ...fieldIssue('field.required_with', { setting }) });
    };
    if (given.HUBSPOT_CLIENT_ID) require('HUBSPOT_CLIENT_SECRET', 'HUBSPOT_CLIENT_ID');
    if (given.HUBSPOT_CLIENT_SECRET && !given.HUBSPOT_CLIENT_ID) {
      require('HUBSPOT_ACCESS_TOKEN', 'HUBSPOT_CLIENT_SECRET');
    }
  });

export type HubspotSettings = z.infer<typeof settings>;

/** The OAuth application that these settings hold. */
export type Application = { id: string; secret: string };

/** While its secret is rotated, HubSpot takes the newest. */
export function readApplication(keys: HubspotSettings): Application | undefined {
  const [secret] = readSecrets(keys.HUBSPOT_CLIENT_SECRET);
  const { HUBSPOT_CLIENT_ID: id } = keys;
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** Newest first. */
export function readSecrets(list: string | undefined): readonly string[] {
  return (list ?? '')
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '');
}
