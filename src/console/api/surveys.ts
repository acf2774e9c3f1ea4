import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from './call.ts';

export const surveysQuery = {
  queryKey: ['surveys'],
  queryFn: () => call<{ items: readonly { key: string; name: string | null }[] }>('GET', '/surveys'),
};

/** The keys of all surveys, to choose from. */
export function useSurveyKeys(): readonly string[] {
  const { data } = useQuery(surveysQuery);
  return useMemo(() => data?.items.map(({ key }) => key) ?? [], [data]);
}
