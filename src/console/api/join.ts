import { useQuery } from '@tanstack/react-query';
import type { Role } from '../../platform/http/scopes.ts';
import { call } from './call.ts';
import { meQuery } from './me.ts';
import { queries } from './queries.ts';
import { signIn } from './sign-in.ts';

export type OpenedInvitation = {
  workspace: string | null;
  invitedBy: string | null;
  email: string;
  role: Role;
  /** Whether this address has an account. */
  known: boolean;
};

/** Who invites whom, and who has opened the link: an account may be signed in that works nowhere yet. */
export function useInvited(token: string) {
  return useQuery({
    queryKey: ['join', token],
    queryFn: async () => {
      const [invited, session] = await Promise.all([
        call<OpenedInvitation>('POST', '/join/invitation', { body: { token } }),
        call<{ user: { email: string } } | null>('GET', '/auth/get-session'),
      ]);
      return { ...invited, signedInAs: session?.user.email ?? null };
    },
    enabled: token !== '',
    staleTime: 0,
  });
}

/** For who has an account, and is signed in. */
export async function join(token: string): Promise<void> {
  await call('POST', '/join', { body: { token } });
  await queries.resetQueries(meQuery);
}

/** For somebody new, who is signed in by it. */
export async function joinAsNew(email: string, account: { token: string; name: string; password: string }) {
  await call('POST', '/join', { body: account });
  await signIn(email, account.password);
}
