export { decideIfRequested } from './next-survey.ts';
export { peopleRoutes } from './routes.ts';
export { timelineRoutes } from './timeline-routes.ts';
