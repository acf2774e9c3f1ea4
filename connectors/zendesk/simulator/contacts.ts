import type { SimulatedContact } from '../../../src/connector.ts';
import type { Account, Identity, User } from './account.ts';
import { userActiveChanged, userCreated, userDeleted, userMerged } from './events.ts';

export type ZendeskContact = SimulatedContact & {
  /** What is said of the primary address. */
  identity?: Partial<Omit<Identity, 'id' | 'address'>>;
};

/** Zendesk keeps no opt-out from email: that one leaves no trace. */
export function addContact(account: Account, contact: ZendeskContact): User {
  const { name, email, language, staff = false, suspended = false, shared = false, otherEmails = [] } = contact;
  const state = contact.undeliverable ? { state: 'undeliverable' } : {};
  const identities = [
    ...(email === undefined ? [] : [account.newIdentity(email, { ...state, ...contact.identity })]),
    ...otherEmails.map(({ address, verified }) =>
      account.newIdentity(address, { verification: verified ? 'full' : 'none' }),
    ),
  ];
  for (const identity of identities) verifyFree(account, identity);
  const user = account.addUser({
    name,
    role: staff ? 'agent' : 'end-user',
    identities,
    suspended,
    shared,
    ...(language === undefined ? {} : { locale: language }),
    ...(contact.company === undefined ? {} : { organization: ensureOrganization(account, contact.company) }),
  });
  account.announce(userCreated(account, user));
  return user;
}

/** Each address is one user's: with brand separation, one user's of each brand. */
function verifyFree(account: Account, { address, brandId }: Identity): void {
  const taken = account
    .findUsersByEmail(address)
    .flatMap(({ identities }) => identities)
    .some((other) => other.address.toLowerCase() === address.toLowerCase() && other.brandId === brandId);
  if (taken) throw new Error('another user has this address already');
}

/** Two contacts of one company are in one organization. */
function ensureOrganization(account: Account, name: string): NonNullable<User['organization']> {
  const known = [...account.users.values()].find(({ organization }) => organization?.name === name);
  return known?.organization ?? { id: account.identifiers.next(), name };
}

/** The winner gets tickets and addresses of the loser, who is left inactive; fields keep what the winner had. */
export function mergeUsers(account: Account, loser: User, winner: User): void {
  if (loser.role !== 'end-user' || winner.role !== 'end-user') throw new Error('only end users can be merged');
  account.addIdentities(winner, loser.identities.splice(0));
  for (const ticket of account.tickets.values()) if (ticket.requester === loser) ticket.requester = winner;
  setActive(account, loser, false);
  winner.updatedAt = account.clock();
  account.announce(userMerged(account, loser, winner));
}

/** They can be restored, until they are deleted permanently. */
export function removeUser(account: Account, user: User): void {
  setActive(account, user, false);
  account.announce(userActiveChanged(account, user));
  account.announce(userDeleted(account, user));
}

export function restoreUser(account: Account, user: User): void {
  setActive(account, user, true);
  account.announce(userActiveChanged(account, user));
}

/**
 * For good, which only a deleted user can be: nothing of theirs is kept but the id, and no webhook is told.
 * https://developer.zendesk.com/api-reference/ticketing/users/users/#permanently-delete-user
 */
export function eraseUser(account: Account, user: User): void {
  if (user.active) throw new Error('only a deleted user can be deleted permanently');
  user.identities.splice(0);
  account.users.delete(user.id);
  account.permanentlyDeleted.add(user.id);
}

function setActive(account: Account, user: User, active: boolean): void {
  user.active = active;
  user.updatedAt = account.clock();
}
