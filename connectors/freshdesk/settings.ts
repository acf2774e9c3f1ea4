import { z } from 'zod';
import { baseUrl } from '../../src/domain/base-url.ts';

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
        'give the whole name that ends in freshdesk.com, without https://: acme.freshdesk.com',
      )
      .optional()
      .meta({ description: 'The address of your Freshdesk, without https://.', example: 'acme.freshdesk.com' }),
    FRESHDESK_API_KEY: text
      .optional()
      .meta({ description: "An admin's API key, from their profile settings.", secret: true, example: 'abcdef12345' }),
    FRESHDESK_WEBHOOK_SECRET: text
      .refine((list) => readSecrets(list).every((secret) => secret.length >= shortestSecret), {
        error: `give at least ${shortestSecret} characters; it alone proves a webhook`,
      })
      .optional()
      .meta({
        description:
          'What the automation rule sends along, to hear webhooks; two, comma-separated, while it is rotated.',
        secret: true,
        example: 'a-long-random-text-of-your-own',
      }),
    FRESHDESK_BASE_URL: baseUrl
      .optional()
      .meta({ description: 'Where Freshdesk answers, if not at its domain.', example: 'https://acme.freshdesk.com' }),
  })
  .superRefine((given, context) => {
    const require = (key: keyof typeof given, because: string) => {
      if (given[key] === undefined)
        context.addIssue({ code: 'custom', path: [key], message: `is missing: ${because}` });
    };
    if (given.FRESHDESK_DOMAIN) require('FRESHDESK_API_KEY', 'FRESHDESK_DOMAIN alone opens nothing');
    if (given.FRESHDESK_API_KEY) require('FRESHDESK_DOMAIN', 'the API key does not say whose Freshdesk it opens');
    if (given.FRESHDESK_WEBHOOK_SECRET) require('FRESHDESK_API_KEY', 'a webhook only says where to look');
  });

export type FreshdeskSettings = z.infer<typeof settings>;

/** Newest first. */
export function readSecrets(list: string | undefined): readonly string[] {
  return (list ?? '')
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '');
}
