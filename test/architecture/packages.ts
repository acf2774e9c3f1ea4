import type { IForbiddenRuleType } from 'dependency-cruiser';
import { connectorNames, tests } from './paths.ts';

/** Where a package may be imported, so that it can be replaced there. A package that is not listed may be used anywhere. */
export const placesOfPackages: Readonly<Record<string, string>> = {
  express:
    '^src/platform/http/|^src/modules/[^/]+/(?:routes|page)(?:/|\\.ts$)|^src/(?:api|app)\\.ts$|^connectors/\\w+/simulator/|^test/bench/',
  helmet: '^src/app\\.ts$',
  'pg-boss': '^src/platform/jobs/',
  'prom-client': '^src/platform/metrics\\.ts$',
  'drizzle-orm':
    '^src/platform/|^src/modules/[^/]+/(?:queries|tables)(?:/|\\.ts$)|^src/reencrypt\\.ts$|^test/|\\.test\\.ts$',
  pg: '^src/platform/database/|^test/|^\\.ci/',
  '@electric-sql/pglite': '^src/platform/database/|^test/bench/',
  bottleneck: '^src/platform/(?:call-window|email/email-rate-limiter)\\.ts$',
  mjml: '^src/platform/email/',
  undici: '^src/platform/network/',
  'ipaddr.js': '^src/platform/network/',
  nodemailer: '^src/platform/email/|^test/bench/|\\.test\\.ts$',
  'smtp-server': '^src/sandbox/|^test/bench/|\\.test\\.ts$',
  mailparser: '^src/sandbox/|\\.test\\.ts$',
  'temporal-polyfill': '^src/(?:model|platform|modules/decisions)/',
  'better-auth': '^src/modules/accounts/',
  sirv: '^src/platform/http/',
  react: '^test/browser/|^src/console/|^connectors/hubspot/app/',
  '@mantine/core': '^src/console/',
  '@tanstack/react-query': '^src/console/',
  vite: '^test/browser/|^config/dev\\.ts$|^src/\\w+/vite\\.config\\.ts$',
  hucre: '^src/platform/http/files\\.ts$|\\.test\\.ts$',
  'zod-openapi': '^src/platform/http/',
  'swagger-ui-dist': '^src/platform/http/',
  '@hubspot/api-client': '^connectors/hubspot/client\\.ts$',
  'node-zendesk': '^connectors/zendesk/client\\.ts$',
  nock: '^test/http-mock\\.ts$',
  vitest: '^test/|\\.test\\.tsx?$|^vitest\\.config\\.ts$',
};

/** Connectors send by the `send` they are given, which alone checks where a request leads. */
const waysOut = '^(?:https?|http2|net|tls|dgram)$|(?:^|/)node_modules/undici/';

/** Simulators, and what becomes an app at the vendor's, are no part of the service. */
const besideService = `${connectorNames}(?:simulator|fixtures|app)/`;

export const packageRules: readonly IForbiddenRuleType[] = [
  ...Object.entries(placesOfPackages).map(([name, place]) => ({
    name: `place of ${name}`,
    comment: `${name} may be imported only where ${place} matches. See test/architecture/packages.ts.`,
    severity: 'error' as const,
    from: { pathNot: place },
    to: { path: `(?:^|/)node_modules/${name.replaceAll('.', '\\.')}/` },
  })),
  {
    name: 'connectors use send',
    comment: 'A connector sends requests by the `send` it is given, which alone checks where a request leads.',
    severity: 'error',
    from: { path: connectorNames, pathNot: [tests, besideService] },
    to: { path: waysOut },
  },
  {
    name: 'dependencies are declared',
    comment: 'What runs in production needs only packages among the dependencies of its nearest package.json.',
    severity: 'error',
    // The console is built before it is deployed, with everything that it needs in it; config/dev.ts is not deployed.
    from: { path: '/', pathNot: [tests, '^src/console/', '^config/dev\\.ts$', '(?:^|/)node_modules/'] },
    to: {
      dependencyTypes: ['npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'undetermined'],
      dependencyTypesNot: ['type-only', 'npm'],
    },
  },
];
