import type { SimulatorOptions } from '../../../src/connector.ts';
import type { VendorEvent } from './events.ts';
import { createIdentifiers, type Identifiers } from './identifiers.ts';

export type FieldValue = string | number | boolean | readonly string[] | null;

export type User = {
  id: number;
  name: string;
  /** The primary address first; none for somebody who only ever called. */
  emails: string[];
  role: 'end-user' | 'agent' | 'admin';
  locale: string;
  verified: boolean;
  suspended: boolean;
  /** Owned by another account through ticket sharing: this account cannot write it. */
  shared: boolean;
  createdAt: Date;
  updatedAt: Date;
  /** By field key; a key that is absent was never written. */
  values: Map<string, FieldValue>;
};

export type Ticket = {
  id: number;
  subject: string;
  status: 'open' | 'solved';
  requester: User;
  assignee: User;
  tags: readonly string[];
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
  tickets: Map<number, Ticket>;
  fields: UserField[];
  /** Tells the webhooks that subscribe. */
  announce(event: VendorEvent): void;
  addUser(person: Partial<User> & Pick<User, 'name'>): User;
  findUserByEmail(email: string): User | undefined;
  /** The agent of this name, hired if need be; without a name, the one who is always there. */
  ensureAgent(name?: string): User;
};

export function createAccount(
  { clock, baseUrl }: Pick<SimulatorOptions, 'clock' | 'baseUrl'>,
  announce: (event: VendorEvent) => void,
): Account {
  const identifiers = createIdentifiers(clock);
  const users = new Map<number, User>();

  function addUser(person: Partial<User> & Pick<User, 'name'>): User {
    const now = clock();
    const user: User = {
      id: identifiers.next(),
      emails: [],
      role: 'end-user',
      locale: 'en-US',
      verified: true,
      suspended: false,
      shared: false,
      createdAt: now,
      updatedAt: now,
      values: new Map(),
      ...person,
    };
    users.set(user.id, user);
    return user;
  }

  const admin = addUser({ name: 'Avery Admin', role: 'admin', emails: ['avery.admin@helpdesk.example'] });
  const agent = addUser({ name: 'Sam Support', role: 'agent', emails: ['sam.support@helpdesk.example'] });

  return {
    id: identifiers.next(),
    clock,
    baseUrl,
    identifiers,
    group: { id: identifiers.next(), name: 'Support' },
    brandId: identifiers.next(),
    admin,
    users,
    tickets: new Map(),
    fields: [],
    announce,
    addUser,
    findUserByEmail(email) {
      const wanted = email.toLowerCase();
      return [...users.values()].find((user) => user.emails.some((address) => address.toLowerCase() === wanted));
    },
    ensureAgent(name) {
      if (name === undefined) return agent;
      const known = [...users.values()].find((user) => user.role !== 'end-user' && user.name === name);
      return known ?? addUser({ name, role: 'agent' });
    },
  };
}

/** Zendesk's REST API tells seconds, without a fraction. */
export function timestamp(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}
