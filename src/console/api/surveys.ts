import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from './call.ts';
import type { Metric } from './items.ts';

export type SurveyNamed = {
  key: string;
  name: string | null;
  metric: Metric;
  status: string;
  version: number;
  readOnly: boolean;
};

export const surveysQuery = {
  queryKey: ['surveys'],
  queryFn: () => call<{ items: readonly SurveyNamed[] }>('GET', '/surveys'),
};

/** The keys of all surveys, to choose from. */
export function useSurveyKeys(): readonly string[] {
  const { data } = useQuery(surveysQuery);
  return useMemo(() => data?.items.map(({ key }) => key) ?? [], [data]);
}

/** What a survey is called, by its key. */
export function useSurveyNames(): (key: string) => string {
  const { data } = useQuery(surveysQuery);
  return useMemo(() => {
    const names = new Map(data?.items.map(({ key, name }) => [key, name ?? key]));
    return (key) => names.get(key) ?? key;
  }, [data]);
}
