import { useInfiniteQuery } from '@tanstack/react-query';
import { call, type Query } from './call.ts';

export type ListedPage<Item> = {
  items: readonly Item[];
  next: string | null;
  /** Counted up to a limit, on the first page. */
  total?: { count: number; more: boolean };
};

/** A list of the API, page by page; `query` is its filter and its `sort`. */
export function useListing<Item>(path: string, query: Query) {
  return useInfiniteQuery({
    queryKey: ['list', path, query],
    queryFn: ({ pageParam, signal }) =>
      call<ListedPage<Item>>('GET', path, {
        query: { ...query, cursor: pageParam, ...(pageParam === undefined ? { count: true } : {}) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}
