import { useMutation, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { keyItem } from '../../modules/accounts/routes/keys.ts';
import type { Scope } from '../../platform/http/scopes.ts';
import { call } from './call.ts';
import { queries } from './queries.ts';

export type ApiKey = z.output<typeof keyItem>;
type RequestedKey = { name: string; scopes: readonly Scope[]; expiresAt?: string };

const keysQuery = {
  queryKey: ['keys'],
  queryFn: async () => (await call<{ items: readonly ApiKey[] }>('GET', '/keys')).items,
};

export const useKeys = () => useQuery(keysQuery);

const onSuccess = () => queries.invalidateQueries(keysQuery);

export function useMakeKey() {
  return useMutation({
    mutationFn: (body: RequestedKey) => call<ApiKey & { key: string }>('POST', '/keys', { body }),
    onSuccess,
  });
}

export function useRevokeKey() {
  return useMutation({ mutationFn: (id: string) => call('DELETE', `/keys/${id}`), onSuccess });
}
