import type { ResponsesContext } from './modules/responses/index.ts';
import type { WorkspacesContext } from './modules/workspaces/index.ts';

/** What the whole service works with. Each module names the part that it needs in its own `context.ts`. */
export type Context = ResponsesContext & WorkspacesContext;
