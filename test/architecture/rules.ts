import type { IForbiddenRuleType } from 'dependency-cruiser';
import { moduleRules } from './modules.ts';
import { packageRules } from './packages.ts';
import { tests } from './paths.ts';

const ours = '^(?:src|connectors|config|test|\\.ci)/';

/** Nobody imports these: they are run, built, spawned, or read by a tool. */
const entries = [
  '^src/(?:main|doctor|sandbox/demo|console/main)\\.tsx?$',
  '^src/console/vite\\.config\\.ts$',
  // drizzle-kit reads all tables from it.
  '^src/tables\\.ts$',
  '^config/(?:setup\\.mjs|dev\\.ts|configuration-page\\.ts|env-example\\.ts)$',
  '^connectors/\\w+/app/generate\\.ts$',
  '^connectors/hubspot/app/src/app/cards/(?:scores-card|settings)\\.tsx?$',
  '^connectors/zendesk/app/assets/\\w+\\.js$',
  '^test/(?:bench|golden|mutants|screenshots|seed|architecture)/main\\.ts$',
  '^test/bench/apparatus/bare(?:-pglite)?\\.ts$',
  '^test/snapshot\\.ts$|^test/browser/unpacked\\.ts$',
  '^test/browser/hosts/',
  '^\\.ci/',
];

/** A connector's harness is what its contract tests, and no others, run it with. */
const harnesses = '^connectors/\\w+/simulator/harness\\.ts$';

/** Every rule about imports, as dependency-cruiser reads it from `.dependency-cruiser.mjs`. */
export const architectureRules: readonly IForbiddenRuleType[] = [
  ...moduleRules,
  ...packageRules,
  {
    name: 'no cycles',
    comment: 'Modules that load each other in a circle depend on the order they happen to load in.',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'no unused modules',
    comment: 'Something that runs in production imports the module, or it is an entry of test/architecture/rules.ts.',
    severity: 'error',
    module: { path: ours, pathNot: [tests, ...entries, harnesses], numberOfDependentsLessThan: 1 },
    from: { pathNot: tests },
  },
  {
    name: 'no unused test modules',
    comment: 'A test imports the module, or it is an entry of test/architecture/rules.ts.',
    severity: 'error',
    module: {
      path: [harnesses, tests],
      pathNot: ['\\.test\\.tsx?$', ...entries],
      numberOfDependentsLessThan: 1,
    },
    from: {},
  },
  {
    name: 'no imports of tests',
    comment: 'What runs in production imports nothing that is there for tests.',
    severity: 'error',
    from: { path: ours, pathNot: [tests, harnesses] },
    to: { path: tests, pathNot: '(?:^|/)node_modules/' },
  },
  {
    name: 'imports resolve',
    comment: 'The file or package that is imported exists.',
    severity: 'error',
    // HubSpot builds the cards, with packages of its own; see connectors/hubspot/app/src/app/cards/package.json.
    from: { pathNot: '(?:^|/)node_modules/' },
    to: { couldNotResolve: true, pathNot: '^@hubspot/ui-extensions$' },
  },
];
