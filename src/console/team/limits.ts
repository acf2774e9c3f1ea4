import type { Me } from '../api/me.ts';
import type { Member } from '../api/team.ts';

/** What keeps somebody from being changed; shown, and not only refused. */
export type Limits = {
  isMe: boolean;
  /** Whoever looks may make and change owners. */
  mayMakeOwners: boolean;
  rule: 'lastOwner' | 'ofOwner' | null;
};

export function memberLimits(member: Member, members: readonly Member[], me: Me['user']): Limits {
  const mayMakeOwners = me?.role === 'owner';
  const owners = members.filter(({ role }) => role === 'owner').length;
  const isOwner = member.role === 'owner';
  const rule = isOwner && !mayMakeOwners ? 'ofOwner' : isOwner && owners === 1 ? 'lastOwner' : null;
  return { isMe: member.id === me?.id, mayMakeOwners, rule };
}
