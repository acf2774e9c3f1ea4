import { z } from 'zod';
import { fieldIssue } from '../../src/model/field-problems.ts';
import { isNetwork } from '../../src/platform/network/address-rules.ts';
import { publicUrl } from '../public-url.ts';
import { trustedProxies } from '../trusted-proxies.ts';

const aMinute = (usual: string) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/u.test(text), fieldIssue('field.limit'))
    .transform(Number)
    .prefault(usual);

/** Where the service listens and how it is reached. */
export const server = {
  PORT: z
    .string()
    .refine((text) => /^\d{1,5}$/u.test(text) && Number(text) <= 65_535, fieldIssue('field.port'))
    .transform(Number)
    .prefault('3000')
    .meta({ description: 'The port it listens on.', example: '3000' }),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/u, fieldIssue('field.host'))
    .prefault('127.0.0.1')
    .meta({ description: 'The address it listens on; 0.0.0.0 is every address of the machine.', example: '127.0.0.1' }),
  PUBLIC_URL: publicUrl.optional().meta({
    description: 'How customers and vendors reach it: links in mail and webhook addresses begin with it.',
    example: 'https://feedback.example.com',
  }),
  TRUST_PROXY: trustedProxies.optional().meta({
    description:
      'Whom to believe about visitors’ addresses: the number of proxies in front, or their addresses. Nobody unless set.',
    example: '1',
  }),
  ALLOW_PRIVATE_ADDRESSES: z
    .string()
    .transform((text) => text.split(',').map((network) => network.trim()))
    .refine((networks) => networks.every(isNetwork), fieldIssue('field.networks'))
    .optional()
    .meta({
      description:
        'Networks besides the public internet that admins may name in the console: gateways to vendors, and email servers of brands. List only networks whose machines you trust. None unless set.',
      example: '10.20.0.0/16',
    }),
  RATE_LIMIT_CALLERS: aMinute('1200').meta({
    description:
      'Requests a minute that one API key or one session may send, in each process. An export counts as 20, an email preview as 5; 0 is no limit.',
    example: '1200',
  }),
  RATE_LIMIT_VISITORS: aMinute('300').meta({
    description: 'Requests a minute to the API from one address without key or session; 0 is no limit.',
    example: '300',
  }),
  RATE_LIMIT_PAGES: aMinute('1200').meta({
    description:
      'Survey pages that one address may open or send a minute, of one link 60; 0 is no limit, of a link neither.',
    example: '1200',
  }),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .meta({ description: 'How much it says.', example: 'info' }),
  NODE_ENV: z.string().optional().meta({
    description: 'In production the sandbox stays off unless SANDBOX=on.',
    example: 'production',
  }),
} as const;
