import type { IForbiddenRuleType } from 'dependency-cruiser';
import { connectorNames, tests } from './paths.ts';

/** Where a package may be imported, so that it can be replaced there. A package that is not listed may be used anywhere. */
export const placesOfPackages: Readonly<Record<string, string>> = {
  express: '^src/http/|^connectors/\\w+/simulator/|^test/bench/',
  helmet: '^src/http/',
  'pg-boss': '^src/jobs\\.ts$',
  'drizzle-orm': '^src/store/|^test/|\\.test\\.ts$',
  pg: '^src/store/|^test/|^\\.ci/',
  '@electric-sql/pglite': '^src/store/',
  bottleneck: '^src/(?:pace|email/email-pace)\\.ts$',
  mjml: '^src/email/',
  undici: '^src/network/',
  'ipaddr.js': '^src/network/',
  nodemailer: '^src/email/|^test/bench/|\\.test\\.ts$',
  'smtp-server': '^src/sandbox/|^test/bench/|\\.test\\.ts$',
  mailparser: '^src/sandbox/|\\.test\\.ts$',
  'temporal-polyfill': '^src/domain/',
  'better-auth': '^src/access/',
  sirv: '^src/http/',
  react: '^test/browser/|^src/console/|^connectors/hubspot/app/',
  '@mantine/core': '^src/console/',
  '@tanstack/react-query': '^src/console/',
  vite: '^test/browser/|^config/dev\\.ts$|^src/\\w+/vite\\.config\\.ts$',
  hucre: '^src/http/api/files\\.ts$|\\.test\\.ts$',
  'zod-openapi': '^src/http/api/',
  'swagger-ui-dist': '^src/http/api/',
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
