import { z } from 'zod';
import { durationBetween, milliseconds } from '../src/model/duration.ts';
import { fieldIssue } from '../src/model/field-problems.ts';
import { isNetwork } from '../src/platform/network/address-rules.ts';
import { emailSender, operatorSmtpServer } from './email-server.ts';
import { publicUrl } from './public-url.ts';
import { singleSignOn } from './single-sign-on.ts';
import { splitList } from './split-list.ts';
import { isStrongKey } from './strong-key.ts';
import { trustedProxies } from './trusted-proxies.ts';

const aMinute = (usual: string) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/u.test(text), fieldIssue('field.limit'))
    .transform(Number)
    .prefault(usual);

/** Where the service listens and how it is reached. */
const server = {
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
    .transform(splitList)
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

const postgresUrl = z
  .string()
  .refine((text) => /^postgres(?:ql)?:$/u.test(URL.parse(text)?.protocol ?? ''), fieldIssue('field.postgres_url'));

/** What it remembers, where, and under which keys. */
const database = {
  DATABASE_URL: postgresUrl.optional().meta({
    description: 'The PostgreSQL database. Without it an embedded database is kept in DATA_DIR.',
    example: 'postgres://scoreback:password@localhost:5432/scoreback',
    secret: true,
  }),
  DATABASE_READ_URL: postgresUrl.optional().meta({
    description:
      'A read replica of the PostgreSQL database, which reports are read from. Without it they are read from DATABASE_URL.',
    example: 'postgres://scoreback:password@replica:5432/scoreback',
    secret: true,
  }),
  DATA_DIR: z.string().prefault('./data').meta({
    description: 'The folder of the embedded database and of the SECRET_KEY that is generated at the first start.',
    example: './data',
  }),
  SECRET_KEY: z
    .string()
    .transform(splitList)
    .refine((keys) => keys.every(isStrongKey), fieldIssue('field.weak_key', { kind: 'several' }))
    .optional()
    .meta({
      description:
        'Signs links and encrypts credentials; 32 characters or more. Several keys are separated by commas: the first signs and encrypts, all of them verify and decrypt. Required with DATABASE_URL; otherwise it is generated in DATA_DIR.',
      example: '<openssl rand -base64 32>',
      secret: true,
    }),
} as const;

/** How invitations leave. */
const emailSettings = {
  SMTP_URL: operatorSmtpServer.optional().meta({
    description:
      'The email server. Without it invitations wait. After a ? it takes requireTLS=true, ignoreTLS=true, tls.rejectUnauthorized=false and name=….',
    example: 'smtps://user:password@mail.example.com:465',
    secret: true,
  }),
  MAIL_FROM: emailSender.optional().meta({
    description: 'The sender of invitations, unless a survey or brand has its own. Required with SMTP_URL.',
    example: '"Acme Support <support@example.com>"',
  }),
} as const;

/** Which surveys there are, and how often it looks for what webhooks lost. */
const asking = {
  SURVEYS_FILE: z.string().optional().meta({
    description:
      'A JSON file with surveys. It is applied at every start, and its surveys are read-only in the console. Without it there is one draft, after-ticket.',
    example: './surveys.json',
  }),
  RECONCILE_EVERY: durationBetween('PT1S', 'P1D').transform(milliseconds).prefault('PT5M').meta({
    description:
      'How often each connection is polled for changed tickets, as an ISO 8601 duration between PT1S and P1D.',
    example: 'PT5M',
  }),
} as const;

/** Access to the API, and how long sessions last. */
const access = {
  API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/u, fieldIssue('field.printable'))
    .refine(isStrongKey, fieldIssue('field.weak_key', { kind: 'single' }))
    .optional()
    .meta({
      description:
        'An API key with the rights of an owner, sent as "Authorization: Bearer …"; 32 characters or more. Create keys with fewer rights in the console.',
      example: '<openssl rand -base64 32>',
      secret: true,
    }),
  SESSION_IDLE: durationBetween('PT5M', 'P90D').transform(milliseconds).prefault('P7D').meta({
    description: 'How long a session lasts without a request, as an ISO 8601 duration between PT5M and P90D.',
    example: 'P7D',
  }),
  SESSION_LONGEST: durationBetween('PT1H', 'P365D').transform(milliseconds).prefault('P30D').meta({
    description: 'How long a session lasts in all, as an ISO 8601 duration between PT1H and P365D.',
    example: 'P30D',
  }),
} as const;

/** Whether it is being tried out. */
const sandbox = {
  SANDBOX: z.enum(['on', 'off', 'unconnected']).optional().meta({
    description:
      'Simulated vendors and an inbox in place of real ones: on, off or unconnected. With unconnected the simulated accounts are there to be connected in the console. On when no vendor is configured, except in production. Refused beside the keys of a vendor, and with a HOST that other machines can reach unless it is set to on or unconnected explicitly.',
    example: 'on',
  }),
} as const;

/** The settings of our own, in groups, in the order in which an operator meets them; `page` is where their docs are. */
export const settingGroups = [
  { title: 'Server', page: { title: 'Deployment', path: 'operations.md#deployment' }, settings: server },
  {
    title: 'Database and keys',
    page: { title: 'Replacing SECRET_KEY', path: 'operations.md#replacing-secret_key' },
    settings: database,
  },
  {
    title: 'Email',
    page: { title: 'Email deliverability', path: 'operations.md#email-deliverability' },
    settings: emailSettings,
  },
  {
    title: 'Surveys',
    page: { title: 'Surveys as a file', path: 'admin-guide.md#surveys-as-a-file' },
    settings: asking,
  },
  { title: 'API', page: { title: 'Authentication', path: 'api.md#authentication' }, settings: access },
  {
    title: 'Single sign-on',
    page: { title: 'Single sign-on', path: 'admin-guide.md#single-sign-on' },
    settings: singleSignOn,
  },
  { title: 'Sandbox', page: { title: 'Quickstart', path: 'quickstart.md' }, settings: sandbox },
] as const;

export const ownSettings = {
  ...server,
  ...database,
  ...emailSettings,
  ...asking,
  ...access,
  ...singleSignOn,
  ...sandbox,
};
