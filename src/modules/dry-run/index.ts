export { dueDryRuns } from './queries.ts';
export { dryRunRoutes } from './routes.ts';
export { dryRun } from './run.ts';
