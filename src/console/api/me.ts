import { useSuspenseQuery } from '@tanstack/react-query';
import type { Role, Scope } from '../../access/scopes.ts';
import { call } from './call.ts';
import { isProblem } from './problem.ts';

export type Me = {
  workspace: string;
  actor: string;
  scopes: readonly Scope[];
  sandbox: boolean;
  user: { id: string; name: string; email: string; role: Role } | null;
};

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
