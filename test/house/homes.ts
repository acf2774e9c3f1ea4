import { basename } from 'node:path';
import { importsOf, isCode, isTest, type Rule } from './files.ts';

/** A package is met in one place, so that it can be replaced there. What is not listed here may be used anywhere. */
const homes: Readonly<Record<string, RegExp>> = {
  express: /^src\/http\/|^connectors\/\w+\/simulator\/|^test\/bench\//u,
  helmet: /^src\/http\//u,
  'pg-boss': /^src\/jobs\.ts$/u,
  'drizzle-orm': /^src\/store\/|^test\/|\.test\.ts$/u,
  pg: /^src\/store\/|^test\/|^\.ci\//u,
  '@electric-sql/pglite': /^src\/store\//u,
  bottleneck: /^src\/(?:pace|mail\/email-pace)\.ts$/u,
  mjml: /^src\/mail\//u,
  undici: /^src\/network\//u,
  'ipaddr.js': /^src\/network\//u,
  nodemailer: /^src\/mail\/|^test\/bench\/|\.test\.ts$/u,
  'smtp-server': /^src\/sandbox\/|^test\/bench\/|\.test\.ts$/u,
  mailparser: /^src\/sandbox\/|\.test\.ts$/u,
  'temporal-polyfill': /^src\/domain\//u,
  'better-auth': /^src\/access\//u,
  sirv: /^src\/http\//u,
  react: /^test\/browser\/|^src\/console\/|^connectors\/hubspot\/app\//u,
  '@mantine/core': /^src\/console\//u,
  '@tanstack/react-query': /^src\/console\//u,
  vite: /^test\/browser\/|^src\/\w+\/vite\.config\.ts$/u,
  hucre: /^src\/http\/api\/files\.ts$|\.test\.ts$/u,
  'zod-openapi': /^src\/http\/api\//u,
  'swagger-ui-dist': /^src\/http\/api\//u,
  '@hubspot/api-client': /^connectors\/hubspot\/client\.ts$/u,
  'node-zendesk': /^connectors\/zendesk\/client\.ts$/u,
  nock: /^test\/http-mock\.ts$/u,
  vitest: /^test\/|\.test\.tsx?$|^vitest\.config\.ts$/u,
};

export const homesOfPackages: Rule = (files) =>
  files.filter(isCode).flatMap((file) =>
    importsOf(file)
      .filter(({ of, kind }) => kind === 'package' && Object.hasOwn(homes, of) && !homes[of]?.test(file.path))
      .map(({ of }) => `${file.path} is not the home of ${of}`),
  );

/** What runs in production may not need a package that is only installed for development: its nearest manifest says. */
export const declaredPackages: Rule = (files) => {
  const manifests = files.filter(({ path }) => basename(path) === 'package.json');
  const declaredFor = (path: string): object => {
    const above = manifests.filter((manifest) => path.startsWith(manifest.path.slice(0, -'package.json'.length)));
    const nearest = above.toSorted((one, other) => other.path.length - one.path.length)[0];
    return (JSON.parse(nearest?.text ?? '{}') as { dependencies?: object }).dependencies ?? {};
  };
  return (
    files
      .filter((file) => isCode(file) && !isTest(file) && file.path.includes('/'))
      // The console is built before it is deployed, with everything that it needs in it.
      .filter(({ path }) => !path.startsWith('src/console/'))
      .flatMap((file) =>
        importsOf(file)
          .filter(({ of, kind, typeOnly }) => kind === 'package' && !typeOnly && !(of in declaredFor(file.path)))
          .map(({ of }) => `${file.path} needs ${of}, which is not among the dependencies`),
      )
  );
};

const waysOut = [
  /(?<![.\w])fetch\s*\(|\bglobalThis\.fetch\b|\bnew (?:WebSocket|EventSource)\b/u,
  /\b(?:from|import|import\()\s*'(?:(?:node:)?(?:https?|http2|net|tls|dgram)|undici)'/u,
];

/**
 * Connectors send by the `send` they are given, which alone checks where a request leads. Their simulators, and what
 * becomes an app at the vendor's, are no part of the service.
 */
export const guardedRequests: Rule = (files) =>
  files
    .filter(
      (file) => isCode(file) && !isTest(file) && /^connectors\/\w+\/(?!(?:simulator|fixtures|app)\/)/u.test(file.path),
    )
    .filter(({ text }) => waysOut.some((way) => way.test(text)))
    .map(({ path }) => `${path} sends requests past the guarded way out`);

/** Settings come in by one door. */
export const readersOfEnvironment: Rule = (files) => {
  const readers = ['config/environment.ts', 'config/setup.mjs', 'src/main.ts'];
  return files
    .filter((file) => isCode(file) && !isTest(file) && !readers.includes(file.path))
    .filter(({ text }) =>
      /\bprocess\s*(?:\.env\b|\[)|\bloadEnvFile\b|\{[^}]*\benv\b[^}]*\}\s*from\s+'node:process'/u.test(text),
    )
    .map(({ path }) => `${path} reads the environment`);
};
