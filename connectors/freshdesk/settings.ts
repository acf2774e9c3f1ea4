import { z } from 'zod';
import { baseUrl } from '../../src/model/base-url.ts';
import { fieldIssue } from '../../src/model/field-problems.ts';

const text = z.string().trim().min(1);

/** What guards a door that anybody can find must not be guessed. */
const shortestSecret = 16;

/** The environment keys of this connector. The domain and an API key make a connection; it hears webhooks with a secret. */
export const settings = z
  .object({
    FRESHDESK_DOMAIN: text
      .toLowerCase()
      .regex(
        /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.freshdesk\.com$/u,
        fieldIssue('field.whole_domain', { domain: 'freshdesk.com', example: 'acme.freshdesk.com' }),
      )
      .optional()
      .meta({ description: 'The address of the Freshdesk account, without https://.', example: 'acme.freshdesk.com' }),
    FRESHDESK_API_KEY: text
      .optional()
      .meta({ description: "An admin's API key, from their profile settings.", secret: true, example: 'abcdef12345' }),
    FRESHDESK_WEBHOOK_SECRET: text
      .refine(
        (list) => readSecrets(list).every((secret) => secret.length >= shortestSecret),
        fieldIssue('field.too_short', { min: shortestSecret }),
      )
      .optional()
      .meta({
        description:
          'A long random text of your own that the automation rule sends along. Without it there are no webhooks. While it is rotated: the new one and the old one, separated by a comma.',
        secret: true,
        example: 'a-long-random-text-of-your-own',
      }),
    FRESHDESK_BASE_URL: baseUrl.optional().meta({
      description: 'The address of the Freshdesk API, if it is not https://{domain}.',
      example: 'https://acme.freshdesk.com',
    }),
  })
  .superRefine((given, context) => {
    const require = (key: keyof typeof given, setting: keyof typeof given) => {
      if (given[key] === undefined)
        context.addIssue({ code: 'custom', path: [key], ...fieldIssue('field.required_with', { setting }) });
    };
    if (given.FRESHDESK_DOMAIN) require('FRESHDESK_API_KEY', 'FRESHDESK_DOMAIN');
    if (given.FRESHDESK_API_KEY) require('FRESHDESK_DOMAIN', 'FRESHDESK_API_KEY');
    if (given.FRESHDESK_WEBHOOK_SECRET) require('FRESHDESK_API_KEY', 'FRESHDESK_WEBHOOK_SECRET');
  });

export type FreshdeskSettings = z.infer<typeof settings>;

/** Newest first. */
export function readSecrets(list: string | undefined): readonly string[] {
  return (list ?? '')
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '');
}
