import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { ReportPeriod } from '../api/reports.ts';
import { useClock } from '../parts/clock.ts';
import { dayAfter } from '../parts/filters.ts';

export const lengths = ['30', '90', '365'] as const;
export type PeriodLength = (typeof lengths)[number] | 'custom';

const day = /^\d{4}-\d{2}-\d{2}$/u;

/** The period and the survey that are looked at, as they stand in the address: 90 days of all surveys unless said. */
export function usePeriod() {
  const [params, setParams] = useSearchParams();
  const from = params.get('from') ?? '';
  const until = params.get('until') ?? '';
  const survey = params.get('survey');
  const clock = useClock();
  const days = lengths.find((length) => length === params.get('days')) ?? '90';
  const length: PeriodLength = from === '' && until === '' ? days : 'custom';

  const period = useMemo<ReportPeriod>(() => {
    const today = clock.today();
    const isWhole = day.test(from) && (until === '' || (day.test(until) && from <= until));
    const span = isWhole
      ? { from, ...(until === '' ? {} : { until: dayAfter(until) }) }
      : { from: dayAfter(today, 1 - Number(days)) };
    return { ...span, ...(survey ? { survey } : {}) };
  }, [clock, days, from, until, survey]);

  const change = useCallback(
    (changes: Readonly<Record<string, string | null>>) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value === null || value === '') after.delete(name);
            else after.set(name, value);
          }
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );

  return { period, length, from, until, survey, change };
}
