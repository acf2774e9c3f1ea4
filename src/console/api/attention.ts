import { useQuery } from '@tanstack/react-query';
import { call } from './call.ts';

/** One thing that needs a person, and where it is done. */
export type Attention = {
  code: string;
  sentence: string;
  where: { kind: 'connection' | 'survey' | 'delivery' | 'people' | 'settings'; id: string | null };
};

export function useAttention() {
  return useQuery({
    queryKey: ['attention'],
    queryFn: () => call<{ items: readonly Attention[] }>('GET', '/attention'),
    refetchInterval: 60_000,
  });
}
