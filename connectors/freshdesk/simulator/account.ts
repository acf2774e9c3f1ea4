/** Values of custom contact fields by the fields' names; one that is absent was never written. */
export type Values = Map<string, string | number | boolean | null>;

export type Contact = {
  id: number;
  name: string;
  email: string | null;
  otherEmails: readonly string[];
  language: string;
  /** Neither listed nor open to change. */
  blocked: boolean;
  /** Still readable, as deleted. */
  deleted: boolean;
  values: Values;
  createdAt: Date;
  updatedAt: Date;
};

export type Agent = { id: number; name: string; email: string | null };

export const statuses = { open: 2, pending: 3, resolved: 4, closed: 5 } as const;

export type Ticket = {
  id: number;
  subject: string;
  requesterId: number;
  /** Nobody, while no agent has it. */
  responderId: number | null;
  /** How it came in, by Freshdesk's number. */
  source: number;
  status: (typeof statuses)[keyof typeof statuses];
  resolvedAt: Date | null;
  firstRespondedAt: Date | null;
  /** Still readable, as deleted. */
  deleted: boolean;
  createdAt: Date;
  updatedAt: Date;
};

export type ContactField = {
  id: number;
  name: string;
  label: string;
  labelForCustomers: string;
  type: string;
  position: number;
  flags: Readonly<Record<string, boolean>>;
  choices: { id: number; value: string; position: number }[];
  createdAt: Date;
  updatedAt: Date;
};

/** One Freshdesk account: its people, its tickets, its contact fields. */
export type Account = {
  clock: () => Date;
  /** A new id, as for contacts, agents and fields; tickets are counted apart. */
  nextId(): number;
  nextTicketId(): number;
  contacts: Map<number, Contact>;
  agents: Map<number, Agent>;
  tickets: Map<number, Ticket>;
  fields: ContactField[];
  /** The agent of this name, hired if need be; without a name, the one who is always there. */
  ensureAgent(name?: string): Agent;
  findContactByEmail(email: string): Contact | undefined;
};

export function createAccount(clock: () => Date): Account {
  // Begun at the clock, so that an account made later does not use an id again.
  let lastId = clock().getTime();
  let lastTicketId = Math.floor(lastId / 1000);
  const agents = new Map<number, Agent>();
  const contacts = new Map<number, Contact>();

  function nextId(): number {
    lastId += 1;
    return lastId;
  }

  function hire(name: string, email: string | null): Agent {
    const agent = { id: nextId(), name, email };
    agents.set(agent.id, agent);
    return agent;
  }

  const sam = hire('Sam Support', 'sam.support@helpdesk.example');
  return {
    clock,
    nextId,
    nextTicketId() {
      lastTicketId += 1;
      return lastTicketId;
    },
    contacts,
    agents,
    tickets: new Map(),
    fields: [],
    ensureAgent(name) {
      if (name === undefined) return sam;
      return [...agents.values()].find((agent) => agent.name === name) ?? hire(name, null);
    },
    findContactByEmail(email) {
      const address = email.toLowerCase();
      return [...contacts.values()].find((contact) => contact.email?.toLowerCase() === address);
    },
  };
}

/** Freshdesk tells seconds, without a fraction. */
export function writeTimestamp(timestamp: Date): string {
  return `${timestamp.toISOString().slice(0, 19)}Z`;
}
