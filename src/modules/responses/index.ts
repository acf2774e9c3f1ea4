/**
 * The survey page, and which ratings count as responses. Owns the table `response`. Customers open its pages, admins
 * correct and retract through its routes, and the job `finalize` ends comment windows.
 */
export type { ResponsesContext } from './context.ts';
export { finalizeResponses } from './finalize.ts';
export { asResponse, responseItem, responseStatus } from './items.ts';
export { previewRoutes } from './page/preview-routes.ts';
export { surveyPageRoutes } from './page/routes.ts';
export { createPageTokens } from './page-tokens.ts';
export { nextFinalizations } from './queries/finalizing.ts';
export { listResponses, type ResponseFilter } from './queries/list-responses.ts';
export { correctionRoutes } from './routes/corrections.ts';
export { responseListRoutes } from './routes/list.ts';
