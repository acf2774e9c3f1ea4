import { useMutation } from '@tanstack/react-query';
import { call } from './call.ts';
import { queries } from './queries.ts';

/** Lets an address be asked again whose person was erased, or had unsubscribed. */
export function useLiftSuppression() {
  return useMutation({
    mutationFn: (address: string) => call('POST', '/suppressions/lift', { body: { address } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['list', '/contacts'] }),
  });
}
