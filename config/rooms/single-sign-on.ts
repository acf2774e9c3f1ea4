import { z } from 'zod';
import { fieldIssue } from '../../src/model/field-problems.ts';
import { isLocal, publicUrl } from '../public-url.ts';

const domain = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/u;

const domains = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim().toLowerCase()))
  .refine((parts) => parts.every((text) => domain.test(text)), fieldIssue('field.domains'));

/** Who else says who somebody is. */
export const singleSignOn = {
  OIDC_ISSUER: publicUrl
    .refine((url) => url.startsWith('https:') || isLocal(url), fieldIssue('field.https_url'))
    .optional()
    .meta({
      description:
        'An identity provider that speaks OpenID Connect. It sends people back to PUBLIC_URL/api/auth/callback/oidc.',
      example: 'https://login.example.com',
    }),
  OIDC_CLIENT_ID: z.string().optional().meta({
    description: 'What it knows this service by.',
    example: 'scoreback',
  }),
  OIDC_CLIENT_SECRET: z.string().optional().meta({
    description: 'The secret of that client.',
    example: '<the secret that the provider shows>',
    secret: true,
  }),
  OIDC_NAME: z.string().max(60).prefault('Single sign-on').meta({
    description: 'What stands on the button.',
    example: 'Acme login',
  }),
  OIDC_DOMAINS: domains.optional().meta({
    description:
      'Domains whose people need no invitation: they join as viewers. Everybody else who is not invited stays out.',
    example: 'example.com',
  }),
  OIDC_VERIFIED_DOMAINS: domains.optional().meta({
    description:
      'Domains whose addresses the provider vouches for, where it sends no email_verified claim: it gives them to their owners alone.',
    example: 'example.com',
  }),
} as const;
