import type { SimulatorOptions } from '../../../src/connector.ts';
import type { VendorEvent } from './events.ts';
import { createIdentifiers, type Identifiers } from './identifiers.ts';

export type FieldValue = string | number | boolean | readonly string[] | null;

/** One address of a user's. With brand separation it may be another user's too, of another brand. */
export type Identity = {
  id: number;
  address: string;
  verification: 'none' | 'low' | 'sso' | 'embed' | 'full';
  state: string;
  ownership: 'owned' | 'shared';
  brandId: number | null;
};

export type User = {
  id: number;
  name: string;
  /** The primary address first; none for somebody who only ever called. */
  identities: Identity[];
  role: 'end-user' | 'agent' | 'admin';
  locale: string;
  organization?: { id: number; name: string };
  suspended: boolean;
  /** Owned by another account through ticket sharing: this account cannot write it. */
  shared: boolean;
  /** No more after a deletion or a lost merge: both leave a deleted user, who can be looked at among those. */
  active: boolean;
  externalId: string | null;
  createdAt: Date;
  updatedAt: Date;
  /** By field key; a key that is absent was never written. */
  values: Map<string, FieldValue>;
};

export type Comment = { id: number; author: User; body: string; public: boolean; createdAt: Date };

export type Ticket = {
  id: number;
  subject: string;
  status: 'open' | 'solved' | 'closed' | 'deleted';
  requester: User;
  /** Who made it: the requester, or an agent for them. */
  submitter: User;
  /** Nobody, while only automations and customers have had it. */
  assignee: User | undefined;
  supportType: 'agent' | 'ai_agent';
  channel: string;
  /** The closed ticket that it goes on from. */
  followsUp: Ticket | undefined;
  tags: readonly string[];
  comments: Comment[];
  createdAt: Date;
  updatedAt: Date;
  /** Of the latest resolution; Zendesk keeps it while the ticket is open again. */
  solvedAt?: Date;
  reopens: number;
  publicReplies: number;
};

export type UserField = {
  id: number;
  key: string;
  type: string;
  title: string;
  description: string;
  active: boolean;
  position: number;
  tag: string | null;
  pattern: string | null;
  options: { id: number; name: string; value: string }[];
  createdAt: Date;
  updatedAt: Date;
};

/** One Zendesk account: its people, its tickets, its fields. */
export type Account = {
  id: number;
  clock: () => Date;
  baseUrl: string;
  identifiers: Identifiers;
  group: { id: number; name: string };
  brandId: number;
  /** Owns the OAuth client and the API token. */
  admin: User;
  users: Map<number, User>;
  /** The ids of users who were deleted permanently. */
  permanentlyDeleted: Set<number>;
  tickets: Map<number, Ticket>;
  fields: UserField[];
  /** What is kept of a text in a field of a user. */
  storedText(text: string): string;
  /** Tells the webhooks that subscribe. */
  announce(event: VendorEvent): void;
  addUser(shown: Partial<User> & Pick<User, 'name'>): User;
  newIdentity(address: string, more?: Partial<Identity>): Identity;
  /** Mail from these addresses is theirs as well. */
  addIdentities(user: User, identities: readonly Identity[]): void;
  /** By any of their addresses; several only with brand separation. */
  findUsersByEmail(email: string): readonly User[];
  /** The agent of this name, hired if need be; without a name, the one who is always there. */
  ensureAgent(name?: string): User;
};

export function createAccount(
  { clock, baseUrl }: Pick<SimulatorOptions, 'clock' | 'baseUrl'>,
  announce: (event: VendorEvent) => void,
): Account {
  const identifiers = createIdentifiers(clock);
  const users = new Map<number, User>();
  /** Everybody who ever had an address; whether they still do stands among their identities. */
  const book = new Map<string, Set<User>>();

  function addUser(shown: Partial<User> & Pick<User, 'name'>): User {
    const now = clock();
    const user: User = {
      id: identifiers.next(),
      identities: [],
      role: 'end-user',
      locale: 'en-US',
      suspended: false,
      shared: false,
      active: true,
      externalId: null,
      createdAt: now,
      updatedAt: now,
      values: new Map(),
      ...shown,
    };
    users.set(user.id, user);
    noteAddresses(user);
    return user;
  }

  function noteAddresses(user: User): void {
    for (const { address } of user.identities) {
      const key = address.toLowerCase();
      book.set(key, (book.get(key) ?? new Set()).add(user));
    }
  }

  function newIdentity(address: string, more: Partial<Identity> = {}): Identity {
    const usual = { verification: 'full', state: 'deliverable', ownership: 'owned', brandId: null } as const;
    return { id: identifiers.next(), address, ...usual, ...more };
  }

  function hire(name: string, role: User['role'], address: string): User {
    return addUser({ name, role, identities: [newIdentity(address)] });
  }

  const admin = hire('Avery Admin', 'admin', 'avery.admin@helpdesk.example');
  const agent = hire('Sam Support', 'agent', 'sam.support@helpdesk.example');

  return {
    id: identifiers.next(),
    clock,
    baseUrl,
    identifiers,
    group: { id: identifiers.next(), name: 'Support' },
    brandId: identifiers.next(),
    admin,
    users,
    permanentlyDeleted: new Set(),
    tickets: new Map(),
    fields: [],
    storedText: (text) => text,
    announce,
    addUser,
    newIdentity,
    addIdentities(user, identities) {
      user.identities.push(...identities);
      noteAddresses(user);
    },
    findUsersByEmail(email) {
      const lowered = email.toLowerCase();
      return [...(book.get(lowered) ?? [])].filter(
        ({ active, identities }) => active && identities.some(({ address }) => address.toLowerCase() === lowered),
      );
    },
    ensureAgent(name) {
      if (name === undefined) return agent;
      const known = [...users.values()].find((user) => user.role !== 'end-user' && user.name === name);
      return known ?? addUser({ name, role: 'agent' });
    },
  };
}

/** Zendesk's REST API tells seconds, without a fraction. */
export function timestamp(timestamp: Date): string {
  return `${timestamp.toISOString().slice(0, 19)}Z`;
}
