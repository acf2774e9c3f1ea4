import { z } from 'zod';
import { fieldIssue } from '../src/model/field-problems.ts';
import { isLocal, publicUrl } from './public-url.ts';
import { splitList } from './split-list.ts';

const domain = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/u;

const domains = z
  .string()
  .transform((text) => splitList(text.toLowerCase()))
  .refine((parts) => parts.every((text) => domain.test(text)), fieldIssue('field.domains'));

/** Sign-on by a company's own identity provider. */
export const singleSignOn = {
  OIDC_ISSUER: publicUrl
    .refine((url) => url.startsWith('https:') || isLocal(url), fieldIssue('field.https_url'))
    .optional()
    .meta({
      description:
        'The address of an OpenID Connect provider. Its redirect URI for this service is PUBLIC_URL/api/auth/callback/oidc.',
      example: 'https://login.example.com',
    }),
  OIDC_CLIENT_ID: z.string().optional().meta({
    description: 'The client ID that the provider gave this service. Required with OIDC_ISSUER.',
    example: 'scoreback',
  }),
  OIDC_CLIENT_SECRET: z.string().optional().meta({
    description: 'The client secret. Required with OIDC_ISSUER.',
    example: '<the secret that the provider shows>',
    secret: true,
  }),
  OIDC_NAME: z.string().max(60).prefault('Single sign-on').meta({
    description: 'The label of the sign-in button.',
    example: 'Acme login',
  }),
  OIDC_DOMAINS: domains.optional().meta({
    description:
      'Email domains, separated by commas, whose users join as viewers without an invitation. Subdomains must be listed as well. Without it everybody needs an invitation.',
    example: 'example.com',
  }),
  OIDC_VERIFIED_DOMAINS: domains.optional().meta({
    description:
      'Email domains, separated by commas, whose addresses count as verified when the provider sends no email_verified claim. List only domains whose addresses the provider gives to their owners alone.',
    example: 'example.com',
  }),
} as const;
