import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

/** One thing that a list can be narrowed by; `key` is what the API calls it. */
export type Filter = {
  key: string;
  label: string;
  /** Seldom wanted: it waits behind a button, so that the bar stays short. */
  isSeldom?: boolean;
} & (
  | { kind: 'choice'; options: readonly { value: string; label: string }[] }
  | { kind: 'flag' }
  | { kind: 'text' }
  /** `isLast`: this day is still in it, while the API asks for the first that is not. */
  | { kind: 'day'; isLast?: boolean }
  /** Comes with a link, and can only be taken away. */
  | { kind: 'given' }
);

/** The filters and the order that stand in the address, so that every view can be sent to somebody. */
export function useListRequest(filters: readonly Filter[], usualSort: string) {
  const [params, setParams] = useSearchParams();
  const sort = params.get('sort') ?? usualSort;
  const requested = useMemo<Readonly<Record<string, string>>>(() => {
    const known = filters.flatMap(({ key }) => {
      const value = params.get(key);
      return value === null || value === '' ? [] : [[key, value] as const];
    });
    return Object.fromEntries(known);
  }, [params, filters]);
  const query = useMemo(() => ({ ...asAsked(filters, requested), sort }), [filters, requested, sort]);

  const request = useCallback(
    (key: string, value: string | null) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          if (value === null || value === '') after.delete(key);
          else after.set(key, value);
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );

  const clear = useCallback(
    () =>
      setParams(
        (before) => new URLSearchParams([...before].filter(([key]) => !filters.some((filter) => filter.key === key))),
        { replace: true },
      ),
    [setParams, filters],
  );

  return { query, sort, requested, request, clear };
}

function asAsked(
  filters: readonly Filter[],
  requested: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const last = filters.filter((filter) => filter.kind === 'day' && filter.isLast).map(({ key }) => key);
  return Object.fromEntries(
    Object.entries(requested).map(([key, value]) => [key, last.includes(key) ? dayAfter(value) : value]),
  );
}

/** @param day as `2026-11-22` */
export function dayAfter(day: string, by = 1): string {
  const timestamp = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(timestamp) ? day : new Date(timestamp + by * 86_400_000).toISOString().slice(0, 10);
}
