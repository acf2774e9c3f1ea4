import { useMutation } from '@tanstack/react-query';
import { call } from './call.ts';
import { queries } from './queries.ts';

/** Looks again at what a notice named. */
export function useReplayNotice() {
  return useMutation({
    mutationFn: (id: string) => call<{ status: string }>('POST', `/notices/${id}/replay`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['list', '/notices'] }),
  });
}
