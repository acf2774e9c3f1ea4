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

/** Each module imports the program, which no module may, and values where it may import only types. */
const ofModules: readonly Violation[] = Object.entries(importsByModule).flatMap(([module, allowed]) => {
  const types = allowed.filter((name) => name.startsWith('type ')).map((name) => name.slice('type '.length));
  const stranger = pathIn(module, 'stranger');
  return [
    breaks(`imports of ${module}`, stranger, importLine(stranger, 'src/main.ts', 'type ')),
    ...types.map((type, index) => {
      const path = pathIn(module, `values-${index}`);
      return breaks(`types for ${module}`, path, importLine(path, pathIn(type, 'given')));
    }),
  ];
});

const ofPackages: readonly Violation[] = Object.keys(placesOfPackages).map((name, index) =>
  breaks(`place of ${name}`, `connectors/acme/package-${index}.ts`, `import type { Thing } from '${name}';`),
);

export const violations: readonly Violation[] = [
  ...ofModules,
  ...ofPackages,
  breaks('imports of domain', 'src/domain/to-file.ts', "import { b } from '../errors.ts';"),
  breaks('imports of store', 'src/store/to-types.ts', "import type { B } from '../flows/b.ts';"),
  breaks('imports of flows', 'src/flows/in-lines.ts', 'import {', '  b,', "} from '../http/b.ts';"),
  breaks('imports of http', 'src/http/again.ts', "export { b } from '../mail/b.ts';"),
  breaks('imports of http', 'src/http/all.ts', "export * from '../mail/b.ts';"),
  breaks(
    'imports of flows',
    'src/flows/later.ts',
    'async function load() {',
    "  await import('../../config/b.ts');",
    '}',
  ),
  breaks('imports of flows', 'src/flows/using.ts', "await using open = (await import('../http/b.ts')).open();"),
  breaks('imports of console', 'src/console/view.tsx', "import { b } from '../store/b.ts';", 'const a = <b />;'),
  breaks('imports of connectors/<name>', 'connectors/acme/network.ts', "import { b } from '../../src/network/b.ts';"),
  breaks(
    'types for connectors/<name>',
    'connectors/acme/pace.ts',
    "import { createPace } from '../../src/platform/rate-limiter.ts';",
  ),
  breaks('imports of config', 'config/list.ts', "import { connectors } from '../connectors/index.ts';"),
  breaks('place of express', 'src/flows/server.ts', "import express from 'express';"),
  breaks('place of drizzle-orm', 'src/http/rows.ts', "import { sql } from 'drizzle-orm/pg-core';"),
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
  breaks('dependencies are declared', 'src/email/development.ts', "import { test } from 'vitest';"),
  breaks('dependencies are declared', 'src/email/view.ts', "import React from 'react';"),
  breaks('dependencies are declared', 'src/email/unlisted.ts', "import unlisted from 'unlisted';"),
  breaks('no cycles', 'src/domain/circle.ts', "export { b } from './round.ts';"),
  breaks('no cycles', 'src/domain/round.ts', "export { c } from './circle.ts';"),
  breaks('no unused modules', 'src/domain/alone.ts', 'export const alone = 1;'),
  breaks('no unused modules', 'src/domain/tested.ts', 'export const tested = 1;'),
  breaks('no unused test modules', 'test/alone.ts', 'export const alone = 1;'),
  breaks('no imports of tests', 'src/main.ts', "import { b } from '../test/b.ts';"),
  breaks('imports resolve', 'src/domain/missing-package.ts', "import { b } from 'missing';"),
  breaks('imports resolve', 'src/domain/missing-file.ts', "import { b } from './absent.ts';"),
];

/** These keep every rule. */
export const examples: readonly Example[] = [
  file('src/flows/good.ts', "import { b } from '../store/b.ts';", "import type { C } from '../connector.ts';"),
  file('src/flows/types.ts', "import { type Network } from '../network/network.ts';"),
  file('src/flows/good.test.ts', "import { b } from '../http/b.ts';", "import { it } from 'vitest';"),
  file('src/http/good.ts', "import express from 'express';", "import { version } from '../../package.json';"),
  file('src/console/good.tsx', "import type { B } from '../http/b.ts';", "import React from 'react';"),
  file('src/console/chart.ts', "import { palette } from '../domain/palette.ts';"),
  file('src/email/good.ts', "import type { Page } from 'playwright-core';", "import { join } from 'node:path';"),
  file('src/email/schema.ts', "import { z } from 'zod';"),
  file('src/doctor.ts', "import { b } from '../config/b.ts';"),
  file('src/domain/tested.test.ts', "import { tested } from './tested.ts';"),
  file(
    'connectors/acme/good.ts',
    "import type { Pace } from '../../src/platform/rate-limiter.ts';",
    "import('./simulator/index.ts');",
  ),
  file('connectors/acme/client.test.ts', "import { createServer } from 'node:http';"),
  file('connectors/acme/simulator/good.ts', "import express from 'express';", "import { get } from 'node:http';"),
  file('connectors/hubspot/client.ts', "import { Client } from '@hubspot/api-client';"),
  file('test/http-mock.ts', "import nock from 'nock';"),
];

/** Packages that the files above import. */
export const packages: readonly string[] = [...Object.keys(placesOfPackages), 'zod', 'playwright-core', 'unlisted'];
