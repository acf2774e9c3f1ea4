/** Tests, their fixtures and what runs them may import everything. */
export const tests = '^(?:test|\\.ci)/|/fixtures/|\\.test\\.tsx?$';

/** These put the parts together, so they may import everything. */
export const programs: readonly string[] = [
  '^src/(?!connector\\.ts$)[^/]+\\.ts$',
  '^config/(?:configuration-page|env-example)\\.ts$',
  // What a vendor shows of us says it in our own words.
  '^connectors/hubspot/app/generate\\.ts$',
  '^connectors/zendesk/app/generate\\.ts$',
];

/** The folder of a connector; its name is the first group. */
export const connectorNames = '^connectors/(?!kit/)([^/]+)/';

/** The files of a module, as a regular expression. */
export function inModule(module: string): string {
  if (module === 'config') return '^config/';
  if (module === 'connectors') return '^connectors/[^/]+$';
  if (module === 'connectors/kit') return '^connectors/kit/';
  if (module === 'connectors/<name>') return '^connectors/(?!kit/)[^/]+/(?!simulator/)';
  if (module === 'connectors/<name>/simulator') return '^connectors/[^/]+/simulator/';
  return `^src/${module}(?:/|\\.ts$)`;
}
