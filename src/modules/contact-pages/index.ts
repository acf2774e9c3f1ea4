export { decideIfRequested } from './next-survey.ts';
export { contactRoutes } from './routes.ts';
export { timelineRoutes } from './timeline-routes.ts';
