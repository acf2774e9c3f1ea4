/**
 * Settings of a workspace, such as language, time zone and retention, read and changed through the API. The table is
 * in `src/platform/workspaces`, because every table refers to it.
 */
export type { WorkspacesContext } from './context.ts';
export { workspaceRoutes } from './routes.ts';
