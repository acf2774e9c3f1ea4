import type { IForbiddenRuleType } from 'dependency-cruiser';
import { connectorNames, inModule, programs, tests } from './paths.ts';

/**
 * The modules of the business, in the order in which data flows: each may use those before it, through their `index.ts`.
 * What a later one does when something happens in an earlier one is connected in `src/listeners.ts`.
 */
export const moduleOrder = [
  'workspaces',
  'accounts',
  'surveys',
  'records',
  'connections',
  'contacts',
  'events',
  'tickets',
  'decisions',
  'invitations',
  'responses',
  'write-back',
  'contact-pages',
  'dry-run',
  'reports',
  'agent-panel',
] as const;

const capabilities = moduleOrder.map(
  (name, index) =>
    [
      `modules/${name}`,
      ['model', 'connector', 'platform', ...moduleOrder.slice(0, index).map((earlier) => `modules/${earlier}/index`)],
    ] as const,
);

/**
 * Which parts of the project each part may import. A part may always import its own files; `type x` means that only
 * types may be imported from x; `x/y` is the file or the folder y of x alone. A part that is missing here may not exist,
 * and nobody may import it.
 */
export const importsByModule: Readonly<Record<string, readonly string[]>> = {
  model: [],
  connector: ['model', 'type platform'],
  platform: ['model', 'type connector'],
  ...Object.fromEntries(capabilities),
  // The console talks to the API only and knows its answers by the types of its schemas. Its calculators count as the
  // reports do, and brand colors are adjusted by the same arithmetic as in emails and survey pages.
  console: ['type modules', 'type platform', 'model/palette', 'modules/reports/statistics'],
  sandbox: ['model', 'type connector', 'platform'],
  config: ['model', 'type connector', 'platform', 'modules/surveys/index'],
  connectors: ['type connector', 'platform/messages', 'connectors/<name>'],
  'connectors/kit': ['model', 'type connector'],
  'connectors/<name>': ['model', 'connector', 'type platform', 'connectors/kit'],
  // A simulator that shares code with its connector would share its mistakes.
  'connectors/<name>/simulator': ['model', 'type connector'],
};

/** The tables of a module are there for all: a query may join any table. Writing them is for their module. */
const tables = '^src/(?:modules|platform)/[^/]+/tables\\.ts$';

/** Name and version in package.json are for all. */
const openToAll = ['^package\\.json$'];

/** Connectors among each other have rules of their own, with names that say more. */
const besideConnectors = (module: string) => (module.startsWith('connectors/') ? ['^connectors/'] : []);

const besideModules = (module: string) => (module.startsWith('modules/') ? [tables] : []);

function importRules(module: string, allowed: readonly string[]): IForbiddenRuleType[] {
  const values = allowed.filter((name) => !name.startsWith('type '));
  const types = allowed.filter((name) => name.startsWith('type ')).map((name) => name.slice('type '.length));
  const from = { path: inModule(module), pathNot: [tests, ...programs] };
  const open = [
    ...openToAll,
    ...besideConnectors(module),
    ...besideModules(module),
    inModule(module),
    ...values.map(inModule),
  ];
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
    name: 'tables see tables',
    comment: 'Tables are read by all modules, so they import nothing that belongs to one.',
    severity: 'error',
    from: { path: tables },
    to: { path: '^src/modules/', pathNot: tables },
  },
  {
    name: 'index is for others',
    comment: 'Inside its module a file is imported by its own name: through the index it would import itself.',
    severity: 'error',
    from: { path: '^src/modules/([^/]+)/', ...notTests },
    to: { path: '^src/modules/$1/index\\.ts$' },
  },
  {
    name: 'connectors stay apart',
    comment: 'A connector is deletable as a folder: it imports no other connector, and not their list.',
    severity: 'error',
    from: { path: connectorNames, ...notTests },
    to: { path: '^connectors/', pathNot: '^connectors/(?:$1|kit)/' },
  },
  {
    name: 'simulators stay apart',
    comment: 'A simulator that shares code with its connector would share its mistakes.',
    severity: 'error',
    from: { path: `${connectorNames}simulator/`, ...notTests },
    to: { path: '^connectors/(?:$1|kit)/', pathNot: '^connectors/$1/simulator/' },
  },
  {
    name: 'known modules',
    comment: 'Every part has a line in test/architecture/modules.ts that says what it may import.',
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
