/**
 * The page of a contact: their details, timeline and when they may be asked next. Has no table of its own. The API
 * and the agent panel call it.
 */
export { decideIfRequested } from './next-survey.ts';
export { contactRoutes } from './routes.ts';
export { timelineRoutes } from './timeline-routes.ts';
