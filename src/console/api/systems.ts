import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from './call.ts';

/** A connected account, as far as one sees it from afar. */
export type System = {
  id: string;
  connector: string;
  /** What people here call it, and what the connector is called. */
  name?: string | null;
  title?: string;
  account: string | null;
  status: 'new' | 'ready' | 'refused' | 'retired';
  statusDetail: string | null;
  askingPaused: boolean;
  writingPaused: boolean;
  lastNoticeAt: string | null;
  backlog: { noticesToLookAt: number; recordsToWrite: number; recordsParked: number };
};

export const systemsQuery = {
  queryKey: ['connections', 'from afar'],
  queryFn: () => call<{ items: readonly System[] }>('GET', '/connections'),
  staleTime: 30_000,
};

export function useSystems() {
  return useQuery(systemsQuery);
}

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

export const titleOf = ({ name, title, connector }: Pick<System, 'name' | 'title' | 'connector'>) =>
  name ?? title ?? capitalized(connector);

/** What the system of a record or a ticket is called. */
export function useSystemTitle(): (of: { connection: string | null; connector: string | null }) => string {
  const { data } = useSystems();
  return useMemo(() => {
    const titles = new Map(data?.items.map((system) => [system.id, titleOf(system)]));
    return ({ connection, connector }) => titles.get(connection ?? '') ?? capitalized(connector ?? '');
  }, [data]);
}
