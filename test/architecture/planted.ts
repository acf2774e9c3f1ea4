import { importsByModule } from './modules.ts';
import { placesOfPackages } from './packages.ts';

/** A file that breaks a rule, or keeps them all. */
export type Example = { path: string; text: string };
export type Violation = Example & { rule: string };

const file = (path: string, ...lines: readonly string[]): Example => ({ path, text: `${lines.join('\n')}\n` });
const breaks = (rule: string, path: string, ...lines: readonly string[]): Violation => ({
  rule,
  ...file(path, ...lines),
});

/** Where a file of a module may stand. */
function pathIn(module: string, name: string): string {
  if (module === 'connectors') return `connectors/${name}.ts`;
  return `${module === 'config' || module.startsWith('connectors/') ? '' : 'src/'}${module.replace('<name>', 'acme')}/${name}.ts`;
}

function importLine(from: string, to: string, kind: 'type ' | '' = ''): string {
  const up = '../'.repeat(from.split('/').length - 1);
  return `import ${kind}{ thing } from '${up}${to}';`;
}

/** Where something of a part stands that others may import. */
function given(part: string): string {
  if (part === 'connector') return 'src/connector.ts';
  if (part === 'modules') return 'src/modules/surveys/given.ts';
  return pathIn(part, 'given');
}

/** Each part imports the program, which none may, and values where it may import only types. */
const ofModules: readonly Violation[] = Object.entries(importsByModule).flatMap(([module, allowed]) => {
  const types = allowed.filter((name) => name.startsWith('type ')).map((name) => name.slice('type '.length));
  const path = module === 'connector' ? 'src/connector.ts' : pathIn(module, 'stranger');
  const lines = [importLine(path, 'src/main.ts', 'type '), ...types.map((type) => importLine(path, given(type)))];
  return [
    breaks(`imports of ${module}`, path, ...lines),
    ...(types.length > 0 ? [breaks(`types for ${module}`, path, ...lines)] : []),
  ];
});

const ofPackages: readonly Violation[] = Object.keys(placesOfPackages).map((name, index) =>
  breaks(`place of ${name}`, `connectors/acme/package-${index}.ts`, `import type { Thing } from '${name}';`),
);

export const violations: readonly Violation[] = [
  ...ofModules,
  ...ofPackages,
  breaks('imports of model', 'src/model/to-platform.ts', "import { b } from '../platform/log.ts';"),
  breaks('imports of platform', 'src/platform/to-types.ts', "import type { B } from '../modules/surveys/index.ts';"),
  breaks(
    'imports of modules/tickets',
    'src/modules/tickets/later-one.ts',
    "import { b } from '../invitations/index.ts';",
  ),
  breaks('imports of modules/tickets', 'src/modules/tickets/past-index.ts', "import { b } from '../events/b.ts';"),
  breaks(
    'imports of modules/tickets',
    'src/modules/tickets/in-lines.ts',
    'import {',
    '  b,',
    "} from '../decisions/b.ts';",
  ),
  breaks('imports of modules/tickets', 'src/modules/tickets/again.ts', "export { b } from '../decisions/b.ts';"),
  breaks('imports of modules/tickets', 'src/modules/tickets/all.ts', "export * from '../decisions/b.ts';"),
  breaks(
    'imports of modules/tickets',
    'src/modules/tickets/later.ts',
    'async function load() {',
    "  await import('../../../config/b.ts');",
    '}',
  ),
  breaks(
    'imports of modules/tickets',
    'src/modules/tickets/using.ts',
    "await using open = (await import('../decisions/b.ts')).open();",
  ),
  breaks('tables see tables', 'src/modules/tickets/tables.ts', "import { b } from './b.ts';"),
  breaks('index is for others', 'src/modules/tickets/through.ts', "import { b } from './index.ts';"),
  breaks('imports of console', 'src/console/view.tsx', "import { b } from '../connector.ts';", 'const a = <b />;'),
  breaks('types for console', 'src/console/values.ts', "import { b } from '../modules/surveys/b.ts';"),
  breaks(
    'types for connectors/<name>',
    'connectors/acme/limits.ts',
    "import { createRateLimiter } from '../../src/platform/rate-limiter.ts';",
  ),
  breaks('imports of config', 'config/list.ts', "import { connectors } from '../connectors/index.ts';"),
  breaks('place of express', 'src/modules/tickets/server.ts', "import express from 'express';"),
  breaks('place of drizzle-orm', 'src/modules/tickets/rows.ts', "import { sql } from 'drizzle-orm/pg-core';"),
  breaks('place of nock', 'connectors/acme/mock.test.ts', "import nock from 'nock';"),
  breaks('connectors stay apart', 'connectors/acme/other.ts', "import { b } from '../other/schema.ts';"),
  breaks('connectors stay apart', 'connectors/acme/all.ts', "import type { B } from '../index.ts';"),
  breaks(
    'connectors stay apart',
    'connectors/acme/simulator/other.ts',
    "import { b } from '../../other/simulator/b.ts';",
  ),
  breaks('simulators stay apart', 'connectors/acme/simulator/shared.ts', "import { b } from '../schema.ts';"),
  breaks('known modules', 'src/plumbing/tap.ts'),
  breaks('known modules', 'scripts/run.mjs'),
  breaks('connectors use send', 'connectors/acme/request.ts', "import { request } from 'node:https';"),
  breaks('connectors use send', 'connectors/acme/agent.ts', "import { Agent } from 'undici';"),
  breaks('dependencies are declared', 'src/platform/email/development.ts', "import { test } from 'vitest';"),
  breaks('dependencies are declared', 'src/platform/email/view.ts', "import React from 'react';"),
  breaks('dependencies are declared', 'src/platform/email/unlisted.ts', "import unlisted from 'unlisted';"),
  breaks('no cycles', 'src/model/circle.ts', "export { b } from './round.ts';"),
  breaks('no cycles', 'src/model/round.ts', "export { c } from './circle.ts';"),
  breaks('no unused modules', 'src/model/alone.ts', 'export const alone = 1;'),
  breaks('no unused modules', 'src/model/tested.ts', 'export const tested = 1;'),
  breaks('no unused test modules', 'test/alone.ts', 'export const alone = 1;'),
  breaks('no imports of tests', 'src/main.ts', "import { b } from '../test/b.ts';"),
  breaks('imports resolve', 'src/model/missing-package.ts', "import { b } from 'missing';"),
  breaks('imports resolve', 'src/model/missing-file.ts', "import { b } from './absent.ts';"),
];

/** These keep every rule. */
export const examples: readonly Example[] = [
  file(
    'src/modules/decisions/good.ts',
    "import { b } from '../tickets/index.ts';",
    "import { c } from '../../connector.ts';",
    "import { d } from '../responses/tables.ts';",
    "import { e } from './e.ts';",
  ),
  file('src/modules/responses/tables.ts', "import { b } from '../contacts/tables.ts';"),
  file('src/modules/decisions/good.test.ts', "import { b } from '../reports/b.ts';", "import { it } from 'vitest';"),
  file('src/listeners.ts', "import { b } from './modules/reports/index.ts';"),
  file(
    'src/modules/decisions/routes.ts',
    "import express from 'express';",
    "import { version } from '../../../package.json';",
  ),
  file('src/modules/decisions/queries.ts', "import { sql } from 'drizzle-orm/pg-core';"),
  file('src/console/good.tsx', "import type { B } from '../modules/surveys/b.ts';", "import React from 'react';"),
  file('src/console/chart.ts', "import { palette } from '../model/palette.ts';"),
  file('src/platform/good.ts', "import type { Page } from 'playwright-core';", "import { join } from 'node:path';"),
  file('src/platform/schema.ts', "import { z } from 'zod';"),
  file('src/doctor.ts', "import { b } from '../config/b.ts';"),
  file('src/model/tested.test.ts', "import { tested } from './tested.ts';"),
  file(
    'connectors/acme/good.ts',
    "import type { RateLimiter } from '../../src/platform/rate-limiter.ts';",
    "import { rows } from '../kit/answer-rows.ts';",
    "import('./simulator/index.ts');",
  ),
  file('connectors/acme/client.test.ts', "import { createServer } from 'node:http';"),
  file('connectors/acme/simulator/good.ts', "import express from 'express';", "import { get } from 'node:http';"),
  file('connectors/hubspot/client.ts', "import { Client } from '@hubspot/api-client';"),
  file('test/http-mock.ts', "import nock from 'nock';"),
];

/** Packages that the files above import. */
export const packages: readonly string[] = [...Object.keys(placesOfPackages), 'zod', 'playwright-core', 'unlisted'];
