import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { z } from 'zod';
import type { dryRunItem } from '../../http/api/dry-runs.ts';
import { addressOf, call } from './call.ts';
import { queries } from './queries.ts';

export type DryRun = z.output<typeof dryRunItem>;

const ofSurvey = (key: string) => ['surveys', key, 'dry-runs'];

/** Its latest dry runs, the newest first. */
export const dryRunsQuery = (key: string) => ({
  queryKey: ofSurvey(key),
  queryFn: () => call<{ items: readonly DryRun[] }>('GET', `/surveys/${key}/dry-runs`),
});

/** The newest one of a survey, as it goes on: told by the server, and asked for every two seconds where it is not. */
export function useDryRuns(key: string) {
  const found = useQuery({
    ...dryRunsQuery(key),
    refetchInterval: ({ state }) => (state.data?.items[0]?.status === 'running' ? 2000 : false),
  });
  const running = found.data?.items[0]?.status === 'running' ? found.data.items[0].id : undefined;
  useEffect(() => {
    if (running === undefined) return;
    const events = new EventSource(addressOf(`/dry-runs/${running}/events`));
    const show = ({ data }: MessageEvent<string>) => note(key, JSON.parse(data) as DryRun);
    events.addEventListener('progress', show);
    events.addEventListener('end', (event) => {
      show(event);
      events.close();
    });
    // Where it is not told, it is asked for.
    events.addEventListener('error', () => events.close());
    return () => events.close();
  }, [key, running]);
  return found;
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
