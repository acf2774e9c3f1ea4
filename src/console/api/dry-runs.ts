import { useMutation } from '@tanstack/react-query';
import type { z } from 'zod';
import type { dryRunItem } from '../../modules/dry-run/routes.ts';
import { call } from './call.ts';
import { queries } from './queries.ts';
import { useTold } from './told.ts';

export type DryRun = z.output<typeof dryRunItem>;

const ofSurvey = (key: string) => ['surveys', key, 'dry-runs'];

/** Its latest dry runs, the newest first. */
export const dryRunsQuery = (key: string) => ({
  queryKey: ofSurvey(key),
  queryFn: () => call<{ items: readonly DryRun[] }>('GET', `/surveys/${key}/dry-runs`),
});

/** The newest one of a survey, as it goes on. */
export function useDryRuns(key: string) {
  return useTold(dryRunsQuery(key), eventsOf, (run: DryRun) => note(key, run));
}

function eventsOf(cached: { items: readonly DryRun[] } | undefined): string | undefined {
  const newest = cached?.items[0];
  return newest?.status === 'running' ? `/dry-runs/${newest.id}/events` : undefined;
}

function note(key: string, run: DryRun): void {
  queries.setQueryData(ofSurvey(key), (before: { items: readonly DryRun[] } | undefined) => ({
    items: [run, ...(before?.items.filter(({ id }) => id !== run.id) ?? [])],
  }));
}

export function useBeginDryRun(key: string) {
  return useMutation({
    mutationFn: (days: number) => call<DryRun>('POST', `/surveys/${key}/dry-runs`, { body: { days } }),
    onSuccess: (run) => note(key, run),
  });
}

export function useCancelDryRun(key: string) {
  return useMutation({
    mutationFn: (id: string) => call<DryRun>('DELETE', `/dry-runs/${id}`),
    onSuccess: (run) => note(key, run),
  });
}
