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
    .meta({ description: 'The port that the service listens on.', example: '3000' }),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/u, fieldIssue('field.host'))
    .prefault('127.0.0.1')
    .meta({
      description: 'The address that the service listens on. 0.0.0.0 means every address of the machine.',
      example: '127.0.0.1',
    }),
  PUBLIC_URL: publicUrl.optional().meta({
    description:
      'The address under which customers and vendors reach the service. Links in emails and webhook addresses begin with it. Without it, links lead to this machine only.',
    example: 'https://feedback.example.com',
  }),
  TRUST_PROXY: trustedProxies.optional().meta({
    description:
      'The proxies whose X-Forwarded headers are trusted: their number, or their addresses. Without it no proxy is trusted, and all visitors behind one share an address and its limits.',
    example: '1',
  }),
  ALLOW_PRIVATE_ADDRESSES: z
    .string()
    .transform((text) => text.split(',').map((network) => network.trim()))
    .refine((networks) => networks.every(isNetwork), fieldIssue('field.networks'))
    .optional()
    .meta({
      description:
        'Private networks (CIDR, separated by commas) that admins may use in addresses they enter in the console: gateways to vendors, and email servers of brands. List only networks whose machines you trust. Without it only the public internet is allowed.',
      example: '10.20.0.0/16',
    }),
  RATE_LIMIT_CALLERS: aMinute('1200').meta({
    description:
      'Requests a minute for each API key and each session, in each process. An export counts as 20, an email preview as 5. 0 turns the limit off.',
    example: '1200',
  }),
  RATE_LIMIT_VISITORS: aMinute('300').meta({
    description: 'Requests a minute to the API from one IP address without a key or session. 0 turns the limit off.',
    example: '300',
  }),
  RATE_LIMIT_PAGES: aMinute('1200').meta({
    description:
      'Survey pages that one IP address may open or submit a minute. One link may be used 60 times a minute besides. 0 turns both limits off.',
    example: '1200',
  }),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info').meta({
    description: 'The least severe level that is logged: fatal, error, warn, info, debug, trace or silent.',
    example: 'info',
  }),
  NODE_ENV: z.string().optional().meta({
    description: 'With production the sandbox stays off unless SANDBOX=on. The Docker image sets it.',
    example: 'production',
  }),
} as const;
