import type { IForbiddenRuleType } from 'dependency-cruiser';
import { connectorNames, inModule, programs, tests } from './paths.ts';

/**
 * Which modules each module of the project may import. A module may always import its own files; `type x` means that
 * only types may be imported from x; `x/y` is the file or the folder y of x alone. A module that is missing here may
 * not exist, and nobody may import it.
 */
export const importsByModule: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  errors: ['domain'],
  signature: ['domain', 'errors'],
  'verified-body': ['domain', 'errors'],
  'answer-rows': [],
  pace: ['domain', 'errors'],
  connector: ['domain', 'type messages', 'type pace', 'type simulator', 'type guide', 'type vendor-request'],
  simulator: [],
  'vendor-request': [],
  guide: [],
  setting: [],
  log: [],
  jobs: ['domain', 'errors', 'store'],
  store: ['domain', 'messages', 'errors'],
  network: ['domain', 'errors', 'type connector'],
  email: ['domain', 'errors', 'type network'],
  reports: ['domain', 'errors', 'store'],
  messages: ['domain'],
  flows: [
    'domain',
    'messages',
    'errors',
    'store',
    'email',
    'jobs',
    'connector',
    'setting',
    'signature',
    'pace',
    'type network',
  ],
  access: ['domain', 'messages', 'errors', 'store'],
  http: [
    'domain',
    'messages',
    'errors',
    'verified-body',
    'store',
    'connector',
    'setting',
    'signature',
    'flows',
    'reports',
    'access',
  ],
  // The console talks to the API only and knows its answers by the types of its schemas. Its calculators count as the
  // reports do, and brand colors are adjusted by the same arithmetic as in emails and survey pages.
  console: ['type http', 'type access', 'type domain', 'domain/palette', 'domain/statistics'],
  sandbox: ['domain', 'messages', 'errors', 'connector'],
  config: ['domain', 'messages', 'errors', 'setting', 'type connector', 'network/address-rules'],
  connectors: ['type connector', 'messages', 'connectors/<name>'],
  'connectors/<name>': ['domain', 'errors', 'signature', 'verified-body', 'answer-rows', 'connector', 'type pace'],
  // A simulator that shares code with its connector would share its mistakes.
  'connectors/<name>/simulator': ['domain', 'type connector'],
};

/** Name and version in package.json are everybody's. */
const openToAll = ['^package\\.json$'];

/** Connectors among each other have rules of their own, with names that say more. */
const besideConnectors = (module: string) => (module.startsWith('connectors/') ? ['^connectors/'] : []);

function importRules(module: string, allowed: readonly string[]): IForbiddenRuleType[] {
  const values = allowed.filter((name) => !name.startsWith('type '));
  const types = allowed.filter((name) => name.startsWith('type ')).map((name) => name.slice('type '.length));
  const from = { path: inModule(module), pathNot: [tests, ...programs] };
  const open = [...openToAll, ...besideConnectors(module), inModule(module), ...values.map(inModule)];
  const rules: IForbiddenRuleType[] = [
    {
      name: `imports of ${module}`,
      comment: `${module} may import: ${allowed.join(', ') || 'nothing'}. See test/architecture/modules.ts.`,
      severity: 'error',
      from,
      to: { dependencyTypes: ['local'], pathNot: [...open, ...types.map(inModule)] },
    },
  ];
  if (types.length > 0) {
    rules.push({
      name: `types for ${module}`,
      comment: `${module} may import only types from: ${types.join(', ')}.`,
      severity: 'error',
      from,
      to: { dependencyTypesNot: ['type-only'], path: types.map(inModule), pathNot: open },
    });
  }
  return rules;
}

const notTests = { pathNot: [tests, ...programs] };

export const moduleRules: readonly IForbiddenRuleType[] = [
  ...Object.entries(importsByModule).flatMap(([module, allowed]) => importRules(module, allowed)),
  {
    name: 'connectors stay apart',
    comment: 'A connector is deletable as a folder: it imports no other connector, and not their list.',
    severity: 'error',
    from: { path: connectorNames, ...notTests },
    to: { path: '^connectors/', pathNot: '^connectors/$1/' },
  },
  {
    name: 'simulators stay apart',
    comment: 'A simulator that shares code with its connector would share its mistakes.',
    severity: 'error',
    from: { path: `${connectorNames}simulator/`, ...notTests },
    to: { path: '^connectors/$1/', pathNot: '^connectors/$1/simulator/' },
  },
  {
    name: 'known modules',
    comment: 'Every module has a line in test/architecture/modules.ts that says what it may import.',
    severity: 'error',
    // Counts no dependents, so that it matches whether or not somebody imports the module.
    module: {
      path: '^(?!node_modules/)[^/]+/.*\\.(?:[cm]?[jt]s|tsx)$',
      pathNot: [tests, ...programs, '(?:^|/)node_modules/', ...Object.keys(importsByModule).map(inModule)],
      numberOfDependentsLessThan: 1,
    },
    from: { path: '^$' },
  },
];
