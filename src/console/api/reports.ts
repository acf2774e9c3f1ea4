import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Figures, Report } from '../../modules/reports/routes/reports.ts';
import { call } from './call.ts';

export type { Figures, Report };

/** What is asked of the answers: days as `2026-11-22`, `until` not in it any more. */
export type ReportPeriod = { from: string; until?: string; survey?: string };

/** The scores of a period beside those of the one before. */
export function useSummary(period: ReportPeriod) {
  return useQuery({
    queryKey: ['summary', period],
    queryFn: ({ signal }) =>
      call<Report>('GET', '/reports/summary', { query: { ...period, compare: 'previous' }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}
