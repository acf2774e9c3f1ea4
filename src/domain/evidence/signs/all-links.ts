import type { Sign } from '../sign.ts';

/** In one go by whomever, or by one browser however long it took. */
export const allLinks: Sign = ({ burst, visitor, points }) =>
  [burst, visitor].some((opened) => opened !== undefined && opened.times.size >= points)
    ? { code: 'all_links', params: { numbers: points } }
    : undefined;
