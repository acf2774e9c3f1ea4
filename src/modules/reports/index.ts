/**
 * Scores, response rates and trends, and the list of what needs attention. Keeps roll-ups of what was sent and answered.
 * The API and the sweep call it.
 */
export { rebuildRollUps, rollUpStaleDays } from './queries/roll-ups.ts';
export { attentionRoutes } from './routes/attention.ts';
export { reportRoutes } from './routes/reports.ts';
