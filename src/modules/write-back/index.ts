export { flush } from './flush.ts';
export { nextWrites, releaseLostWrites } from './queries/record-link-claims.ts';
export { beginRewrite } from './queries/rewrites.ts';
export { readBack } from './read-back.ts';
export { rewriteRoutes } from './routes.ts';
