import type { InvitationsContext } from '../context.ts';

/** How many templates are kept compiled: each takes some 50 kB. */
const mostKept = 200;

const kept = new WeakMap<InvitationsContext, Map<string, Promise<unknown>>>();

/** What was compiled under this key, or is now. Of many, those longest unused are compiled anew when they are wanted. */
export function templateOf<Template>(
  context: InvitationsContext,
  key: string,
  compile: () => Promise<Template>,
): Promise<Template> {
  const templates = kept.get(context) ?? new Map<string, Promise<unknown>>();
  kept.set(context, templates);
  const template = (templates.get(key) as Promise<Template> | undefined) ?? compile();
  // A map keeps the order of insertion: the first is the one longest unused.
  templates.delete(key);
  templates.set(key, template);
  for (const oldest of templates.keys()) {
    if (templates.size <= mostKept) break;
    templates.delete(oldest);
  }
  template.catch(() => templates.delete(key));
  return template;
}
