import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

/** One thing that a list can be narrowed by; `key` is what the API calls it. */
export type Filter = { key: string; label: string } & (
  | { kind: 'choice'; options: readonly { value: string; label: string }[] }
  | { kind: 'flag' }
  | { kind: 'text' }
  | { kind: 'day' }
);

/** The filters and the order that stand in the address, so that every view can be sent to somebody. */
export function useWishes(filters: readonly Filter[], usualSort: string) {
  const [params, setParams] = useSearchParams();
  const query = useMemo(() => {
    const known = filters.flatMap(({ key }) => {
      const value = params.get(key);
      return value === null || value === '' ? [] : [[key, value] as const];
    });
    return { ...Object.fromEntries(known), sort: params.get('sort') ?? usualSort };
  }, [params, filters, usualSort]);

  const wish = useCallback(
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

  const { sort, ...wished } = query;
  return { query, sort, wished: wished as Readonly<Record<string, string>>, wish, clear };
}
