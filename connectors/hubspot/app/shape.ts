import { posix } from 'node:path';
import { z } from 'zod';
import { cardsFolder, faultsOfCards, type ProjectFile } from './card-sources.ts';

const secureUrl = z.url({ protocol: /^https$/u, error: 'is no address that begins with https://' });
const scopes = z.array(z.string().regex(/^[a-z][a-z_.-]*$/u));
const uid = z.string().min(1).max(64);

const project = z.strictObject({
  name: z.string().min(1),
  srcDir: z.literal('src'),
  platformVersion: z.string().regex(/^\d{4}\.\d{1,2}$/u),
});

/** Static authentication knows required scopes only, and has nowhere to send people back to. */
const auth = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('static'),
    requiredScopes: scopes.min(1),
    optionalScopes: scopes.max(0, {
      error: 'may hold nothing: an app with static authentication has required scopes only',
    }),
    conditionallyRequiredScopes: scopes.max(0),
  }),
  z.strictObject({
    type: z.literal('oauth'),
    redirectUrls: z.array(z.union([secureUrl, z.string().regex(/^http:\/\/localhost(?::\d+)?(?:\/|$)/u)])).min(1),
    requiredScopes: scopes.min(1),
    optionalScopes: scopes,
    conditionallyRequiredScopes: scopes,
  }),
]);

const app = z.strictObject({
  uid,
  type: z.literal('app'),
  config: z.strictObject({
    name: z.string().min(1),
    description: z.string().min(1),
    distribution: z.enum(['private', 'marketplace']),
    auth,
    permittedUrls: z.strictObject({ fetch: z.array(secureUrl), iframe: z.array(secureUrl), img: z.array(secureUrl) }),
    // Every template of the platform has it.
    support: z
      .strictObject({
        supportEmail: z.email(),
        documentationUrl: secureUrl,
        supportUrl: secureUrl,
        supportPhone: z.string().min(1),
      })
      .partial()
      .refine((support) => Object.keys(support).length > 0, { error: 'says nowhere where help is' }),
  }),
});

const verbs = 'creation|deletion|propertyChange|merge|restore|associationChange';
const objectSubscription = z.strictObject({
  subscriptionType: z.string().regex(new RegExp(`^object\\.(?:${verbs})$`, 'u')),
  objectType: z.string().min(1),
  propertyName: z.string().optional(),
  active: z.boolean(),
});
const classicSubscription = z.strictObject({
  subscriptionType: z
    .string()
    .regex(new RegExp(`^(?:contact|company|deal|ticket|line_item|product)\\.(?:${verbs})$`, 'u')),
  propertyName: z.string().optional(),
  active: z.boolean(),
});
const hubSubscription = z.strictObject({
  subscriptionType: z.string().regex(/^(?:contact\.privacyDeletion|conversation\.\w+)$/u),
  propertyName: z.string().optional(),
  active: z.boolean(),
});

const webhooks = z.strictObject({
  uid,
  type: z.literal('webhooks'),
  config: z.strictObject({
    settings: z.strictObject({ targetUrl: secureUrl, maxConcurrentRequests: z.int().min(6) }),
    subscriptions: z.strictObject({
      crmObjects: z.array(objectSubscription),
      legacyCrmObjects: z.array(classicSubscription),
      hubEvents: z.array(hubSubscription),
    }),
  }),
});

const named = z.record(z.string(), z.string());
const field = z.strictObject({ name: z.string().min(1), type: z.string(), fieldType: z.string() });

const action = z.strictObject({
  uid,
  type: z.literal('workflow-action'),
  config: z.strictObject({
    actionUrl: secureUrl,
    isPublished: z.boolean(),
    supportedClients: z.array(z.strictObject({ client: z.literal('WORKFLOWS') })).min(1),
    inputFields: z.array(
      z.strictObject({
        typeDefinition: field,
        supportedValueTypes: z.array(z.enum(['STATIC_VALUE', 'OBJECT_PROPERTY'])).min(1),
        isRequired: z.boolean(),
      }),
    ),
    outputFields: z.array(z.strictObject({ typeDefinition: field })),
    labels: z.record(
      z.string(),
      z.strictObject({
        actionName: z.string().min(1),
        actionDescription: z.string().min(1),
        actionCardContent: z.string().min(1),
        inputFieldLabels: named,
        inputFieldDescriptions: named,
        outputFieldLabels: named,
      }),
    ),
    objectTypes: z.array(z.string()).min(1),
  }),
});

const card = z
  .strictObject({
    uid,
    type: z.literal('card'),
    config: z.strictObject({
      name: z.string().min(1),
      description: z.string().min(1).optional(),
      location: z.enum(['crm.record.tab', 'crm.record.sidebar', 'crm.preview', 'helpdesk.sidebar']),
      entrypoint: z.string().regex(/^\/app\/cards\/[\w-]+\.(?:tsx|jsx)$/u, 'must lie in /app/cards'),
      objectTypes: z.array(z.enum(['contacts', 'companies', 'deals', 'tickets'])).min(1),
    }),
  })
  .refine(({ config }) => config.location !== 'helpdesk.sidebar' || config.objectTypes.join() === 'tickets', {
    path: ['config', 'objectTypes'],
    error: 'must be tickets alone in the help desk',
  });

/** What else there may be: only what all components have in common is looked at. */
const component = z.looseObject({ uid, type: z.string(), config: z.looseObject({}) });

/**
 * What HubSpot would object to in a project of platform 2026.03, as sentences; nothing when all is well. Its own
 * `hs project validate` needs an account:
 * https://developers.hubspot.com/docs/apps/developer-platform/build-apps/app-configuration
 */
export function findFaults(files: readonly ProjectFile[]): readonly string[] {
  const components = files.filter(({ path }) => path.endsWith('-hsmeta.json'));
  const uids = components.map((file) => component.safeParse(readJson(file)).data?.uid);
  return [
    ...['hsproject.json', 'src/app/app-hsmeta.json']
      .filter((path) => !files.some((file) => file.path === path))
      .map((path) => `${path} is missing`),
    ...files.filter(({ path }) => path === 'hsproject.json').flatMap((file) => faultsOf(file, project)),
    ...components.flatMap((file) => faultsOf(file, schemaOf(file))),
    ...uids
      .filter((own, index) => own !== undefined && uids.indexOf(own) !== index)
      .map((own) => `${own} is no uid of its own`),
    ...components.flatMap(subscribedTwice),
    ...faultsOfCards(files),
  ];
}

export type { ProjectFile };

function schemaOf({ path }: ProjectFile): z.ZodType {
  if (path === 'src/app/app-hsmeta.json') return app;
  if (posix.dirname(path) === 'src/app/workflow-actions') return action;
  if (posix.dirname(path) === cardsFolder) return card;
  return posix.dirname(path) === 'src/app/webhooks' ? webhooks : component;
}

function faultsOf(file: ProjectFile, schema: z.ZodType): readonly string[] {
  const { error } = schema.safeParse(readJson(file));
  return (error?.issues ?? []).map(({ path, message }) => `${file.path}: ${path.join('.')} ${message}`);
}

/** The same change in both forms would arrive twice. */
function subscribedTwice(file: ProjectFile): readonly string[] {
  const { data } = webhooks.safeParse(readJson(file));
  if (!data) return [];
  const { crmObjects, legacyCrmObjects, hubEvents } = data.config.subscriptions;
  const told = [
    ...crmObjects.map(({ subscriptionType, objectType, propertyName = '' }) =>
      `${subscriptionType.replace('object', objectType)} ${propertyName}`.trim(),
    ),
    ...[...legacyCrmObjects, ...hubEvents].map(({ subscriptionType, propertyName = '' }) =>
      `${subscriptionType} ${propertyName}`.trim(),
    ),
  ];
  return told
    .filter((change, index) => told.indexOf(change) !== index)
    .map((change) => `${file.path}: subscribes twice to ${change}`);
}

function readJson({ text }: ProjectFile): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
