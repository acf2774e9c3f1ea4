import { useMutation, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { memberInvitationItem, memberItem } from '../../modules/accounts/routes/team.ts';
import type { Role } from '../../platform/http/scopes.ts';
import { call } from './call.ts';
import { meQuery } from './me.ts';
import { queries } from './queries.ts';

export type Member = z.output<typeof memberItem>;
export type TeamInvitation = z.output<typeof memberInvitationItem>;
type Team = { members: readonly Member[]; invitations: readonly TeamInvitation[] };
export type CreatedInvitation = Pick<TeamInvitation, 'id' | 'email' | 'role' | 'expiresAt'> & {
  link: string;
  emailed: boolean;
};

type Made = {
  keys: readonly { id: string; name: string; begins: string }[];
  invitations: readonly { id: string; email: string }[];
};

const teamQuery = { queryKey: ['team'], queryFn: () => call<Team>('GET', '/team') };
const of = (user: string) => `/team/${encodeURIComponent(user)}`;

export const useTeam = () => useQuery(teamQuery);

const onSuccess = () => queries.invalidateQueries(teamQuery);
/** One may have changed oneself. */
const onOwnSuccess = async () => {
  await Promise.all([onSuccess(), queries.invalidateQueries(meQuery)]);
};

export function useInvite() {
  return useMutation({
    mutationFn: (body: { email: string; role: Role }) => call<CreatedInvitation>('POST', '/team/invitations', { body }),
    onSuccess,
  });
}

export function useWithdraw() {
  return useMutation({ mutationFn: (id: string) => call('DELETE', `/team/invitations/${id}`), onSuccess });
}

export function useChangeRole(user: string) {
  return useMutation({
    mutationFn: (role: Role) => call('PATCH', of(user), { body: { role } }),
    onSuccess: onOwnSuccess,
  });
}

/** What somebody made that outlives them. */
export function useMadeBy(user: string) {
  return useQuery({ queryKey: ['team', user, 'made'], queryFn: () => call<Made>('GET', `${of(user)}/made`) });
}

export function useRemoveMember(user: string) {
  return useMutation({
    mutationFn: ({ keys }: { keys: boolean }) => call('DELETE', of(user), { query: { keys: keys ? 'end' : 'keep' } }),
    onSuccess: onOwnSuccess,
  });
}

export function useMakeResetLink(user: string) {
  return useMutation({ mutationFn: () => call<{ link: string; until: string }>('POST', `${of(user)}/reset-link`) });
}

export function useDropSecondFactor(user: string) {
  return useMutation({ mutationFn: () => call('DELETE', `${of(user)}/second-factor`), onSuccess: onOwnSuccess });
}
