import type { Simulator } from '../../src/connector.ts';
import type { TicketHandler } from '../../src/model/ticket.ts';

/**
 * What only this vendor can know or arrange, on its simulator. A list is empty, and a key is left out, where the vendor
 * knows nothing of the kind.
 */
export type FactsHarness = {
  /**
   * Resolved tickets of this contact, one for each way in which this vendor tells who brought a ticket to its
   * resolution, and one of which it does not tell, where there is such a one.
   */
  handled(simulator: Simulator, recordId: string): readonly HandledTicket[];
  /** Tickets of this contact that nobody has replied to, each of a kind in which that says nothing. */
  uncounted(simulator: Simulator, recordId: string): readonly string[];
  /** Contacts whose address the vendor has an opinion of, and whether that makes it a machine's. */
  addressed?(simulator: Simulator): readonly { id: string; email: string; machine: boolean }[];
  /** Whether a contact is found by each of their addresses, not by the primary one alone. */
  findsByFurtherAddresses: boolean;
  /** The most requests that looking up so many takes, of whom some are not there. */
  mostCalls: Readonly<Record<'tickets' | 'ids' | 'emails', (asked: number, missing: number) => number>>;
};

/** @param by nothing where the vendor does not tell */
export type HandledTicket = { id: string; by: TicketHandler | undefined };
