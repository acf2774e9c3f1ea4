import { z } from 'zod';
import { sizeOfPng } from './icons.ts';
import type { AppFile } from './package.ts';

const host = z.string().regex(/^(?:[a-z0-9-]+\.)+[a-z0-9-]+$/u, 'is no host name');
const asset = z.strictObject({
  url: z.string().regex(/^assets\/[\w.-]+$/u, 'must lie in assets/'),
  flexible: z.boolean(),
});
const scopes = ['header', 'body', 'url', 'jwt_secret_key', 'jwt_claim', 'basic_auth_username', 'basic_auth_password'];

const parameter = z
  .strictObject({
    name: z.string().regex(/^(?!name$)\w+$/u, 'must be one word, and not "name"'),
    type: z.enum(['text', 'password', 'checkbox', 'url', 'number', 'multiline', 'hidden']),
    required: z.boolean(),
    secure: z.boolean(),
    scopes: z.array(z.enum(scopes)).min(1).optional(),
  })
  .refine(({ secure, scopes: given }) => !secure || given, 'is secure and needs scopes');

const manifest = z
  .strictObject({
    name: z.string().min(1),
    author: z.strictObject({
      name: z.string().min(1),
      email: z.email(),
      url: z.url({ protocol: /^https$/u, error: 'is no address that begins with https://' }),
    }),
    defaultLocale: z.literal('en'),
    private: z.literal(true),
    location: z.strictObject({ support: z.strictObject({ ticket_sidebar: asset, user_sidebar: asset }) }),
    version: z.string().regex(/^\d+\.\d+\.\d+$/u),
    frameworkVersion: z.literal('2.0'),
    domainWhitelist: z.array(host).min(1),
    parameters: z.array(parameter),
  })
  .superRefine(({ parameters }, context) => {
    const names = parameters.map(({ name }) => name);
    for (const name of names.filter((own, index) => names.indexOf(own) !== index)) {
      context.addIssue({ code: 'custom', path: ['parameters'], message: `has ${name} twice` });
    }
  });

const words = z.string().min(1);
const translation = z.strictObject({
  app: z.strictObject({
    name: words,
    short_description: words,
    long_description: words,
    installation_instructions: words,
    parameters: z.record(z.string(), z.strictObject({ label: words, helpText: words })),
  }),
});

const icons = { 'assets/logo.png': 320, 'assets/logo-small.png': 128 };

/**
 * What Zendesk would object to in this app, as sentences; nothing when all is well. Its own `zcli apps:validate` needs
 * an account: https://developer.zendesk.com/documentation/apps/app-developer-guide/manifest/
 */
export function findFaults(files: readonly AppFile[]): readonly string[] {
  const has = (path: string) => files.some((file) => file.path === path);
  const [main] = files.filter(({ path }) => path === 'manifest.json');
  if (!main) return ['manifest.json is missing'];
  const read = manifest.safeParse(parse(main));
  const translations = files.filter(({ path }) => path.startsWith('translations/'));
  const { location, parameters } = read.data ?? {};
  return [
    ...faultsOf(main, manifest),
    ...(has('translations/en.json') ? [] : ['translations/en.json is missing']),
    ...Object.values(location?.support ?? {}).flatMap(({ url }) => (has(url) ? [] : [`${url} is missing`])),
    ...translations
      .filter(({ path }) => !/^translations\/[a-z]{2}(?:-\w{2,3})?\.json$/u.test(path))
      .map(({ path }) => `${path} is named after no language that Zendesk knows`),
    ...translations.flatMap((file) => faultsOf(file, translation)),
    ...translations.flatMap((file) =>
      (parameters ?? [])
        .filter(({ name }) => !Object.hasOwn(translation.safeParse(parse(file)).data?.app.parameters ?? {}, name))
        .map(({ name }) => `${file.path}: app.parameters has no ${name}`),
    ),
    ...Object.entries(icons).flatMap(([path, edge]) => faultOfIcon(files, path, edge)),
    ...files.filter(({ path }) => /[^\w./-]/u.test(path)).map(({ path }) => `${path} has a name with other characters`),
  ];
}

function faultOfIcon(files: readonly AppFile[], path: string, edge: number): readonly string[] {
  const file = files.find((candidate) => candidate.path === path);
  const size = file && sizeOfPng(file.content);
  if (!size) return [`${path} is missing, or no PNG`];
  return size.width === edge && size.height === edge
    ? []
    : [`${path} is ${size.width} by ${size.height} pixels, and must be ${edge} by ${edge}`];
}

function faultsOf(file: AppFile, schema: z.ZodType): readonly string[] {
  const { error } = schema.safeParse(parse(file));
  return (error?.issues ?? []).map(({ path, message }) => `${file.path}: ${path.join('.')} ${message}`);
}

function parse({ content }: AppFile): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
}
