import { z } from 'zod';
import { baseUrl } from '../../src/model/base-url.ts';
import { fieldIssue } from '../../src/model/field-problems.ts';

const text = z.string().trim().min(1);

/** The environment keys of this connector. One complete pair of credentials; the OAuth client wins where both are set. */
export const settings = z
  .object({
    ZENDESK_SUBDOMAIN: text
      .toLowerCase()
      .regex(
        /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u,
        fieldIssue('field.subdomain', { example: 'acme', address: 'acme.zendesk.com' }),
      )
      .optional()
      .meta({ description: 'The first part of the Zendesk address: acme for acme.zendesk.com.', example: 'acme' }),
    ZENDESK_CLIENT_ID: text.optional().meta({
      description: 'The unique identifier of a confidential OAuth client that belongs to an admin.',
      example: 'scoreback',
    }),
    ZENDESK_CLIENT_SECRET: text
      .optional()
      .meta({ description: 'The secret of that OAuth client.', secret: true, example: '0123456789abcdef' }),
    ZENDESK_EMAIL: text.optional().meta({
      description: 'The email address of the admin in whose name ZENDESK_API_TOKEN is used.',
      example: 'admin@example.com',
    }),
    ZENDESK_API_TOKEN: text.optional().meta({
      description:
        'An existing API token, in place of an OAuth client. Zendesk makes no new ones since October 27, 2026 and ends all of them on April 30, 2027.',
      secret: true,
      example: '0123456789abcdef',
    }),
    ZENDESK_APP_SECRET: z
      .string()
      .trim()
      .refine(
        (given) => given.split(',').every((secret) => secret.trim().length >= 32),
        fieldIssue('field.too_short', { min: 32 }),
      )
      .optional()
      .meta({
        description:
          'The shared secret of the sidebar app, as in the settings of the app. While it is rotated: the new one and the old one, separated by a comma.',
        secret: true,
        example: '0123456789abcdef0123456789abcdef',
      }),
    ZENDESK_BASE_URL: baseUrl.optional().meta({
      description: 'The address of the Zendesk API, if it is not https://{subdomain}.zendesk.com.',
      example: 'https://acme.zendesk.com',
    }),
    ZENDESK_CONTACT_KEY: z.string().trim().regex(/^\w+$/u, fieldIssue('field.internal_name')).optional().meta({
      description:
        'external_id or the key of a user field, whose equal values join records across systems into one contact.',
      example: 'external_id',
    }),
  })
  .superRefine((given, context) => {
    const require = (key: keyof typeof given, setting: keyof typeof given) => {
      if (given[key] === undefined)
        context.addIssue({ code: 'custom', path: [key], ...fieldIssue('field.required_with', { setting }) });
    };
    if (given.ZENDESK_CLIENT_ID) require('ZENDESK_CLIENT_SECRET', 'ZENDESK_CLIENT_ID');
    if (given.ZENDESK_CLIENT_SECRET) require('ZENDESK_CLIENT_ID', 'ZENDESK_CLIENT_SECRET');
    if (given.ZENDESK_EMAIL) require('ZENDESK_API_TOKEN', 'ZENDESK_EMAIL');
    if (given.ZENDESK_API_TOKEN) require('ZENDESK_EMAIL', 'ZENDESK_API_TOKEN');

    const credentials = ['ZENDESK_CLIENT_ID', 'ZENDESK_CLIENT_SECRET', 'ZENDESK_API_TOKEN', 'ZENDESK_EMAIL'] as const;
    const opens = credentials.find((key) => given[key]);
    // Credentials do not say whose Zendesk they open.
    if (opens && !given.ZENDESK_BASE_URL) require('ZENDESK_SUBDOMAIN', opens);
    if (given.ZENDESK_SUBDOMAIN && !opens) require('ZENDESK_CLIENT_ID', 'ZENDESK_SUBDOMAIN');
  });

export type ZendeskSettings = z.infer<typeof settings>;

/** Whether these settings name an account and hold one complete pair of credentials. */
export function connects(given: ZendeskSettings): boolean {
  const named = given.ZENDESK_SUBDOMAIN ?? given.ZENDESK_BASE_URL;
  const oauth = given.ZENDESK_CLIENT_ID && given.ZENDESK_CLIENT_SECRET;
  const token = given.ZENDESK_EMAIL && given.ZENDESK_API_TOKEN;
  return Boolean(named && (oauth || token));
}

/** Newest first; none as long as no app is installed. */
export function readAppSecrets({ ZENDESK_APP_SECRET }: ZendeskSettings): readonly string[] {
  return (ZENDESK_APP_SECRET ?? '')
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '');
}

/** The OAuth client wins where both are set. */
export function usesApiToken(given: ZendeskSettings): boolean {
  return given.ZENDESK_CLIENT_ID === undefined || given.ZENDESK_CLIENT_SECRET === undefined;
}

/** Where Zendesk answers, without a slash at the end; API paths and `/oauth/tokens` go behind it. */
export function accountBaseUrl(given: ZendeskSettings): string {
  return given.ZENDESK_BASE_URL ?? `https://${given.ZENDESK_SUBDOMAIN}.zendesk.com`;
}

/** What tells this account from others: its subdomain, else the host it was given under. */
export function accountName(given: ZendeskSettings): string {
  return given.ZENDESK_SUBDOMAIN ?? new URL(accountBaseUrl(given)).host;
}
