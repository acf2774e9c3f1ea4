import { useMutation, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { sessionItem } from '../../modules/accounts/routes/sessions.ts';
import { call } from './call.ts';
import { queries } from './queries.ts';

export type Session = z.output<typeof sessionItem>;

export const sessionsQuery = {
  queryKey: ['sessions'],
  queryFn: async () => (await call<{ items: readonly Session[] }>('GET', '/sessions')).items,
};

export const useSessions = () => useQuery(sessionsQuery);

const onSuccess = () => queries.invalidateQueries(sessionsQuery);

export function useEndSession() {
  return useMutation({ mutationFn: (id: string) => call('DELETE', `/sessions/${encodeURIComponent(id)}`), onSuccess });
}

export function useEndOtherSessions() {
  return useMutation({ mutationFn: () => call('DELETE', '/sessions'), onSuccess });
}
