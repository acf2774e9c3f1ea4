import type { Sign } from '../sign.ts';
import { isSameVisitor } from '../trace.ts';

/** No person sees it, so whoever opens it opens everything. */
export const hiddenLink: Sign = ({ opening, burst, traces }) => {
  const sprung = [...burst, ...traces.filter((trace) => isSameVisitor(trace, opening))];
  return sprung.some(({ kind }) => kind === 'hidden')
    ? 'A link that no person sees was opened along with it.'
    : undefined;
};
