import type { DecisionReason } from '../../model/messages/decision-reason.ts';
import type { TicketSnapshot } from '../../model/ticket.ts';
import type { Queryable } from '../../platform/database/database.ts';
import type { ConnectionRow } from '../connections/index.ts';
import type { ContactRow } from '../contacts/index.ts';
import type { EventsContext } from '../events/index.ts';
import type { ResolutionRow } from './queries/tickets.ts';

/** What refreshing tickets works with. */
export type TicketsContext = EventsContext & { listeners: TicketListeners };

/** What later modules do when a refreshed ticket has changed. They are called in the transaction that records it. */
export type TicketListeners = {
  /** Decides about a resolution. @returns when the first email is due, if the contact is asked */
  ticketResolved(tx: Queryable, about: ResolvedTicket): Promise<Date | undefined>;
  /**
   * Withdraws the ticket's scheduled emails.
   *
   * @param except keeps those to this contact
   * @returns how many were withdrawn
   */
  ticketWithdrawn(
    tx: Queryable,
    ticketId: string,
    reason: DecisionReason,
    except?: { contactId: string | null },
  ): Promise<number>;
};

/** A resolution with the ticket as the vendor shows it. */
export type ResolvedTicket = {
  connection: ConnectionRow;
  resolution: ResolutionRow;
  snapshot: TicketSnapshot;
  /** The requester, their row locked; nothing when we do not know them. */
  contact: ContactRow | undefined;
};
