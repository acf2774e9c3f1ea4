import { useMutation } from '@tanstack/react-query';
import { call } from './call.ts';
import { queries } from './queries.ts';

/** Looks again at what an event named. */
export function useReplayEvent() {
  return useMutation({
    mutationFn: (id: string) => call<{ status: string }>('POST', `/events/${id}/replay`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['list', '/events'] }),
  });
}
