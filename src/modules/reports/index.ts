export { attentionRoutes } from './routes/attention.ts';
export { reportRoutes } from './routes/reports.ts';
