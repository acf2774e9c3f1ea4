import type { RequestListener } from 'node:http';

export type SimulatorOptions = {
  clock: () => Date;
  /** The address under which `handler` answers, without a slash at the end. */
  baseUrl: string;
  /** Where webhooks go that the vendor lets nobody register by API: our public address of `/webhooks/<name>`. */
  webhookUrl: string;
};

/**
 * A vendor's stand-in, for the sandbox and the tests: its API, its limits, its signed webhooks, as strict as the
 * vendor; and a hand to make things happen in it. A hand that the vendor has no counterpart for is left out.
 */
export type Simulator = {
  /** The vendor's API, as a request listener that may be mounted below a path. */
  handler: RequestListener;
  /** The environment keys that connect us to it. */
  environment: Readonly<Record<string, string>>;
  addContact(contact: SimulatedContact): string;
  /** @returns the ticket's id; it starts open */
  addTicket(ticket: { requesterId: string; subject: string; agent?: string; publicReplies?: number }): string;
  resolve(ticketId: string): void;
  reopen(ticketId: string): void;
  /** Another requester from now on. */
  reassign?(ticketId: string, recordId: string): void;
  /** The loser goes up in the winner, as the vendor does it. */
  mergeTickets?(loserId: string, winnerId: string): void;
  removeTicket?(ticketId: string): void;
  /** As the vendor does by itself, long after a ticket was resolved: it takes no changes any more. */
  close?(ticketId: string): void;
  mergeContacts?(loserId: string, winnerId: string): void;
  removeContact?(recordId: string): void;
  restoreContact?(recordId: string): void;
  /** The vendor's own deletion for good, for privacy. */
  eraseContact?(recordId: string): void;
  /** The token in use is no longer taken; a new one may be had. */
  expireToken?(): void;
  /** The account's calls for today are used up, until `calm` or the vendor's midnight. */
  exhaustDay?(): void;
  /** The ticket's marks as the vendor stores them: tags, properties, internal notes. */
  marks?(ticketId: string): Readonly<Record<string, unknown>> | undefined;
  /** The record as the vendor stores it: field or property names to raw values; nothing when there is no such record. */
  record(recordId: string): Readonly<Record<string, unknown>> | undefined;
  recordIdByEmail(email: string): string | undefined;
  /** Makes the next calls fail. Several orders are served in turn. */
  disturb(disturbance: Disturbance): void;
  /** Ends all disturbances. */
  calm(): void;
  /** Every API request received, oldest first. */
  requests: readonly SimulatedRequest[];
  /** Every webhook delivery attempted, oldest first; `status` 0 is no answer. */
  deliveries: readonly { url: string; status: number; attempt: number }[];
  /** Sends the last delivery again, as vendors do. */
  redeliver(times: number): Promise<void>;
  /** Resolves when no delivery is under way or waiting for a retry within the next second. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

export type SimulatedContact = {
  name: string;
  email?: string;
  language?: string;
  company?: string;
  staff?: boolean;
  suspended?: boolean;
  shared?: boolean;
  optedOut?: boolean;
  undeliverable?: boolean;
  /** Further addresses of the same record. */
  otherEmails?: readonly { address: string; verified: boolean }[];
};

export type SimulatedRequest = { method: string; path: string; query: string; body: unknown; status: number; at: Date };

export type Disturbance = {
  /**
   * `throttle` answers as the vendor's rate limit does, `fail` with a 502 and an HTML body, `drop` closes the
   * connection, `hang` never answers, `revoke` refuses the credentials, `poison` fails each write holding `contactId`,
   * `mute` loses webhooks before they are sent, `reorder` holds webhooks back and sends them newest first on `calm`.
   */
  kind: 'throttle' | 'fail' | 'drop' | 'hang' | 'revoke' | 'poison' | 'mute' | 'reorder';
  /** How many calls it lasts; until `calm` when absent. */
  times?: number;
  /** Only calls whose path contains this. */
  path?: string;
  /** For `throttle`: what Retry-After says. */
  retryAfterSeconds?: number;
  /** For `poison`. */
  recordId?: string;
};
