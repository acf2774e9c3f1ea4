import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { z } from 'zod';
import type { connectionItem } from '../../modules/connections/routes/connection-item.ts';
import { call } from './call.ts';

/** A connected account. */
export type System = z.output<typeof connectionItem>;

export const systemsQuery = {
  queryKey: ['connections'],
  queryFn: () => call<{ items: readonly System[] }>('GET', '/connections'),
  staleTime: 30_000,
};

/** They change by themselves: soon while one is being set up. */
export function useSystems() {
  return useQuery({
    ...systemsQuery,
    refetchInterval: ({ state }) => (state.data?.items.some(({ status }) => status === 'new') ? 2000 : 30_000),
  });
}

/** What people here call it, else what it is called. */
export const systemTitle = ({ name, title }: Pick<System, 'name' | 'title'>): string => name ?? title;

/** What the system of a record or a ticket is called. */
export function useSystemTitle(): (of: { connection: string | null; connector: string | null }) => string {
  const { data } = useSystems();
  return useMemo(() => {
    const titles = new Map(data?.items.map((system) => [system.id, systemTitle(system)]));
    return ({ connection, connector }) => titles.get(connection ?? '') ?? connector ?? '';
  }, [data]);
}
