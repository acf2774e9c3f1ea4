export { dueDryRuns } from './queries.ts';
export { dryRunRoutes } from './routes.ts';
export { runDryRun } from './run.ts';
