import type { Sign } from '../sign.ts';

/** No person sees it, so whoever opens it opens everything. */
export const hiddenLink: Sign = ({ burst, visitor }) =>
  burst?.hidden || visitor?.hidden ? 'A link that no person sees was opened along with it.' : undefined;
