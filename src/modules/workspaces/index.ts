export type { WorkspacesContext } from './context.ts';
export { workspaceRoutes } from './routes.ts';
