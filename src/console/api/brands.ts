import { useMutation } from '@tanstack/react-query';
import type { z } from 'zod';
import type { brandItem } from '../../modules/surveys/routes/brands.ts';
import { call } from './call.ts';
import { queries } from './queries.ts';

export type BrandItem = z.output<typeof brandItem>;

export const brandsQuery = {
  queryKey: ['brands'],
  queryFn: () => call<{ items: readonly BrandItem[] }>('GET', '/brands'),
};

export const brandQuery = (key: string) => ({
  queryKey: ['brands', key],
  queryFn: () => call<BrandItem>('GET', `/brands/${key}`),
});

const refreshAgain = () => queries.invalidateQueries({ queryKey: ['brands'] });

/** Makes one, or changes the one of this key. */
export function useSaveBrand(key: string | undefined) {
  return useMutation({
    mutationFn: (body: object) =>
      key === undefined
        ? call<BrandItem>('POST', '/brands', { body })
        : call<BrandItem>('PATCH', `/brands/${key}`, { body }),
    onSuccess: refreshAgain,
  });
}

export function useDeleteBrand(key: string) {
  return useMutation({ mutationFn: () => call('DELETE', `/brands/${key}`), onSuccess: refreshAgain });
}
