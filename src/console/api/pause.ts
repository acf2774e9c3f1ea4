import { useMutation, useQuery } from '@tanstack/react-query';
import { call } from './call.ts';
import { queries } from './queries.ts';

/** Whether asking, and writing, is paused everywhere. */
type Pause = { asking: boolean; writing: boolean };

const queryKey = ['pause'];

export function usePause() {
  return useQuery({ queryKey, queryFn: () => call<Pause>('GET', '/pause'), refetchInterval: 30_000 });
}

export function useChangePause() {
  return useMutation({
    mutationFn: (body: Partial<Pause>) => call<Pause>('PATCH', '/pause', { body }),
    onSuccess(pause) {
      queries.setQueryData(queryKey, pause);
      return queries.invalidateQueries({ queryKey: ['attention'] });
    },
  });
}
