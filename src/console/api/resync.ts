import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { z } from 'zod';
import type { rewrite } from '../../http/api/rewrites.ts';
import { addressOf, call } from './call.ts';
import { queries } from './queries.ts';

export type Resync = z.output<typeof rewrite>;

const of = (id: string) => ['connections', id, 'resync'];

const goesOn = (resync: Resync | undefined) => resync?.status === 'running' || resync?.status === 'held';

/** How far it is: told by the server as it goes on, and asked for every two seconds where it is not. */
export function useResync(id: string) {
  const found = useQuery({
    queryKey: of(id),
    queryFn: () => call<Resync>('GET', `/connections/${id}/resync`),
    refetchInterval: ({ state }) => (goesOn(state.data) ? 2000 : false),
  });
  const isRunning = goesOn(found.data);
  useEffect(() => {
    if (!isRunning) return;
    const events = new EventSource(addressOf(`/connections/${id}/events`));
    const show = ({ data }: MessageEvent<string>) => queries.setQueryData(of(id), JSON.parse(data) as Resync);
    events.addEventListener('progress', show);
    events.addEventListener('end', (event) => {
      show(event);
      events.close();
    });
    // Where it is not told, it is asked for.
    events.addEventListener('error', () => events.close());
    return () => events.close();
  }, [id, isRunning]);
  return found;
}

export function useBeginResync(id: string) {
  return useMutation({
    mutationFn: () => call<Resync>('POST', `/connections/${id}/resync`),
    onSuccess: (resync) => queries.setQueryData(of(id), resync),
  });
}
