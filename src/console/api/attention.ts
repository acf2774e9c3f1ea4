import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { attentionItem } from '../../modules/reports/routes/attention.ts';
import { call } from './call.ts';

/** One thing that needs a person, and where it is done. */
export type AttentionItem = z.output<typeof attentionItem>;

export function useAttention() {
  return useQuery({
    queryKey: ['attention'],
    queryFn: () => call<{ items: readonly AttentionItem[] }>('GET', '/attention'),
    refetchInterval: 60_000,
  });
}
