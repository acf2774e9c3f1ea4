import type { SimulatedContact } from '../../../src/connector.ts';
import type { Account, User } from './account.ts';
import { userActiveChanged, userCreated, userDeleted, userMerged } from './events.ts';

/** Zendesk keeps no opt-out from email: that one leaves no trace. */
export function addContact(account: Account, contact: SimulatedContact): User {
  const { name, email, language, staff = false, suspended = false, shared = false, otherEmails = [] } = contact;
  const addresses = [
    ...(email === undefined ? [] : [{ address: email, verified: true, deliverable: !contact.undeliverable }]),
    ...otherEmails,
  ];
  for (const { address } of addresses) {
    if (account.findUserByEmail(address)) throw new Error('another user has this address already');
  }
  const user = account.addUser({
    name,
    role: staff ? 'agent' : 'end-user',
    identities: addresses.map(({ address, ...more }) => account.newIdentity(address, more)),
    suspended,
    shared,
    ...(language === undefined ? {} : { locale: language }),
    ...(contact.company === undefined ? {} : { organization: ensureOrganization(account, contact.company) }),
  });
  account.announce(userCreated(account, user));
  return user;
}

/** Two people of one company are in one organization. */
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

export function removeUser(account: Account, user: User): void {
  setActive(account, user, false);
  account.announce(userActiveChanged(account, user));
}

export function restoreUser(account: Account, user: User): void {
  setActive(account, user, true);
  account.announce(userActiveChanged(account, user));
}

/** For good: nothing is found under this id any more. */
export function eraseUser(account: Account, user: User): void {
  setActive(account, user, false);
  account.users.delete(user.id);
  account.announce(userDeleted(account, user));
}

function setActive(account: Account, user: User, active: boolean): void {
  user.active = active;
  user.updatedAt = account.clock();
}
