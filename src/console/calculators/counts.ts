import { useCallback, useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router';

/** Numbers that stand in the address, so that a result can be sent. */
export function useCounts() {
  const [params, setParams] = useSearchParams();
  const read = useCallback(
    (key: string): number | null => {
      const value = Number.parseFloat(params.get(key) ?? '');
      return Number.isFinite(value) && value >= 0 ? Math.min(value, 1e9) : null;
    },
    [params],
  );
  // Two changes may come before the address shows the first.
  const latest = useRef(params);
  useEffect(() => {
    latest.current = params;
  }, [params]);
  const write = useCallback(
    (key: string, value: number | string | null) => {
      const after = new URLSearchParams(latest.current);
      if (value === null || value === '') after.delete(key);
      else after.set(key, String(value));
      latest.current = after;
      setParams(after, { replace: true });
    },
    [setParams],
  );
  return { read, count: (key: string) => Math.floor(read(key) ?? 0), write };
}

export type Counts = ReturnType<typeof useCounts>;
