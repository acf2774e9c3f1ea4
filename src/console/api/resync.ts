import { useMutation } from '@tanstack/react-query';
import type { z } from 'zod';
import type { rewrite } from '../../modules/write-back/routes.ts';
import { call } from './call.ts';
import { queries } from './queries.ts';
import { useTold } from './told.ts';

export type Resync = z.output<typeof rewrite>;

const of = (id: string) => ['connections', id, 'resync'];

/** How far it is, as it goes on. */
export function useResync(id: string) {
  return useTold(
    { queryKey: of(id), queryFn: () => call<Resync>('GET', `/connections/${id}/resync`) },
    (resync) =>
      resync?.status === 'running' || resync?.status === 'waiting' ? `/connections/${id}/events` : undefined,
    (resync: Resync) => queries.setQueryData(of(id), resync),
  );
}

export function useBeginResync(id: string) {
  return useMutation({
    mutationFn: () => call<Resync>('POST', `/connections/${id}/resync`),
    onSuccess: (resync) => queries.setQueryData(of(id), resync),
  });
}
