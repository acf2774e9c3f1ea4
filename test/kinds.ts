import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `unit`, `integration` and `e2e` are told apart by what a file needs; `quick` is the first two. `server` is what runs
 * again beside a PostgreSQL server.
 */
export type TestKind = 'unit' | 'integration' | 'e2e' | 'quick' | 'server';

export const testKinds: readonly TestKind[] = ['unit', 'integration', 'e2e', 'quick', 'server'];

/** Where every test file is. */
export const testFiles = ['test/**/*.test.ts', 'src/**/*.test.ts', 'connectors/**/*.test.ts', 'config/**/*.test.ts'];

/** Whole services, browsers and programs that follow links. */
const wholes = /^test\/(?:journey|browser|scanners)\//u;

/** Connectors are tried on their simulators over HTTP, or on a network that is played. */
const overHttp = /^(?:connectors|test\/contract)\//u;

/** Whoever calls one of these has a database of each kind. */
export const onServer = /\bdescribe(?:OnEachDatabase|Concurrent|OnServer|Journeys|Sharable)\(/u;

/** What is shown in a browser, and who follows links in emails, does not depend on the database behind the routes. */
const besideTheServer = /^test\/(?:browser|scanners)\//u;

/** A database, a line of network, a process, a browser, or a look at the whole source. */
const needsMore =
  /\bdescribeEmbedded\(|\/databases\.ts'|\/embedded\.ts'|\/served\.ts'|\/on-simulators\.ts'|\/simulated\.ts'|\/http-mock\.ts'|node:(?:child_process|net|http|https|tls|dns(?:\/promises)?|worker_threads)'|\bfetch\(|nock|smtp-server|\/inbox\.ts'|\/main\.ts'|\/house\/|\/architecture\//u;

/** Whether a file is of this kind. `e2e`, `integration` and `unit` share all files among them. */
export function isOfKind(kind: TestKind, path: string, text: string): boolean {
  if (kind === 'server') return onServer.test(text) && !besideTheServer.test(path);
  if (wholes.test(path)) return kind === 'e2e';
  if (kind === 'quick') return true;
  const isUnit = !overHttp.test(path) && !onServer.test(text) && !needsMore.test(text);
  return kind === (isUnit ? 'unit' : 'integration');
}

/** The test files of one kind, as paths from `root`. */
export function filesOfKind(kind: TestKind, root: string): string[] {
  const paths = globSync(testFiles, { cwd: root }).map((path) => path.replaceAll('\\', '/'));
  return paths.filter((path) => isOfKind(kind, path, readFileSync(join(root, path), 'utf8'))).sort();
}
