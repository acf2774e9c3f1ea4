import type { Sign } from '../sign.ts';

/** No person sees it, so whoever opens it opens everything. */
export const hiddenLink: Sign = ({ burst, visitor }) =>
  burst?.hidden || visitor?.hidden ? { code: 'hidden_link', params: { kind: 'along' } } : undefined;
