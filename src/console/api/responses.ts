import { useMutation, useQuery } from '@tanstack/react-query';
import { call } from './call.ts';
import type { ResponseItem } from './items.ts';
import { queries } from './queries.ts';
import { refreshAgain } from './records.ts';

const queryKey = (id: string) => ['response', id];

export function useResponse(id: string) {
  return useQuery({
    queryKey: queryKey(id),
    queryFn: () => call<ResponseItem>('GET', `/responses/${id}`),
    refetchInterval: ({ state }) => refreshAgain(state.data),
  });
}

type Correction =
  | { how: 'retract'; body: { reason: string } }
  | { how: 'restore'; body?: never }
  | { how: 'correct'; body: { rating?: number; comment?: string | null; reason: string } };

/** Takes an answer off the record, puts it back, or changes what it says; whatever shows it is read again. */
export function useCorrectResponse(id: string) {
  return useMutation({
    mutationFn: ({ how, body }: Correction) => call<ResponseItem>('POST', `/responses/${id}/${how}`, { body }),
    async onSuccess(response) {
      queries.setQueryData(queryKey(id), response);
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['list', '/responses'] }),
        queries.invalidateQueries({ queryKey: ['list', '/contacts'] }),
        queries.invalidateQueries({ queryKey: ['list', `/contacts/${response.contact}/timeline`] }),
        queries.invalidateQueries({ queryKey: ['contact', response.contact] }),
        queries.invalidateQueries({ queryKey: ['summary'] }),
      ]);
    },
  });
}
