import { QueryCache, QueryClient } from '@tanstack/react-query';
import { isProblem, Problem } from './problem.ts';

const worthAnotherTry = (failure: unknown) =>
  !(failure instanceof Problem) || failure.status === 0 || failure.status >= 500;

/** What was read of the API, for as long as it is fresh. */
export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    // Whoever was signed out elsewhere is asked to sign in, and comes back to where they were.
    onError(failure, { queryKey }) {
      if (isProblem(failure, 401) && queryKey[0] !== 'me') void queries.invalidateQueries({ queryKey: ['me'] });
    },
  }),
  defaultOptions: {
    queries: { staleTime: 10_000, retry: (count, failure) => count < 2 && worthAnotherTry(failure) },
  },
});
