import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { me } from '../../modules/accounts/routes/me.ts';
import type { Scope } from '../../platform/http/scopes.ts';
import { call } from './call.ts';
import { isProblem } from './problem.ts';
import { queries } from './queries.ts';

export type Me = z.output<typeof me>;

/** Who is signed in; nobody is `null`. */
export const meQuery = {
  queryKey: ['me'],
  queryFn: async (): Promise<Me | null> => {
    try {
      return await call<Me>('GET', '/me');
    } catch (failure) {
      if (isProblem(failure, 401)) return null;
      throw failure;
    }
  },
  staleTime: 60_000,
};

/** Inside the shell, where somebody is signed in. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(meQuery);
  if (!data) throw new Error('nobody is signed in');
  return data;
}

/** Whether they may do this; what they may not do is not offered. */
export function useMay(scope: Scope): boolean {
  return useMe().scopes.includes(scope);
}

/** What one may change of oneself. */
type OwnChoice = Partial<Pick<NonNullable<Me['user']>, 'name' | 'language' | 'colorScheme'>>;

export function useChangeMe() {
  return useMutation({
    mutationFn: (body: OwnChoice) => call<Me>('PATCH', '/me', { body }),
    // Language and colors are to follow at once.
    onMutate: (choice) =>
      queries.setQueryData(meQuery.queryKey, (me: Me | null | undefined) =>
        me?.user ? { ...me, user: { ...me.user, ...choice } } : me,
      ),
    onError: () => queries.invalidateQueries(meQuery),
    onSuccess: (me) => queries.setQueryData(meQuery.queryKey, me),
  });
}

/** Turns to another workspace: nothing that was read of the one before stays. */
export async function turnTo(workspace: string): Promise<void> {
  await call<Me>('PATCH', '/me', { body: { workspace } });
  window.location.assign('/');
}
