/**
 * Scores, response rates and trends, and the list of what needs attention. Has no table of its own. The API calls it.
 */
export { attentionRoutes } from './routes/attention.ts';
export { reportRoutes } from './routes/reports.ts';
