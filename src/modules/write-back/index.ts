/**
 * Writes CRM fields to the records of contacts, and tags and notes to tickets. Has no table of its own: it works on
 * `record_link` and `ticket`. The jobs `write` and `read-back` call it.
 */
export { flush } from './flush.ts';
export { countOutOfSync, nextWrites, releaseLostWrites } from './queries/record-link-claims.ts';
export { beginRewrite } from './queries/rewrites.ts';
export { readBack } from './read-back.ts';
export { rewriteRoutes } from './routes.ts';
