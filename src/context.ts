import type { ResponsesContext } from './modules/responses/context.ts';
import type { WorkspacesContext } from './modules/workspaces/context.ts';

/** What the whole service works with. Each module names the part that it needs in its own `context.ts`. */
export type Context = ResponsesContext & WorkspacesContext;
