/**
 * Shows whom a draft of a survey would have asked about the tickets of the last weeks, and sends nothing. Owns the
 * table `dry_run`. The API starts a dry run, and the job `dry-run` does it.
 */
export { dueDryRuns } from './queries.ts';
export { dryRunRoutes } from './routes.ts';
export { runDryRun } from './run.ts';
