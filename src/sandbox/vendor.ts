import type { SimulatedContact, Simulator } from '../connector.ts';
import { invalidField, NotFound } from '../model/errors.ts';

/** A simulated vendor with a book of who and what was put into it by hand; the vendor itself lists nothing. */
export type Vendor = {
  /** As routes and links have it. */
  name: string;
  /** As the vendor writes it. */
  title: string;
  simulator: Simulator;
  /** Oldest first. */
  contacts: readonly SandboxContact[];
  /** @throws RequestError when the address is somebody's already */
  addContact(contact: SimulatedContact): SandboxContact;
  /** @throws RequestError when there is no such contact */
  addTicket(ticket: NewTicket): Ticket;
  /** @throws NotFound */
  resolve(ticketId: string): Ticket;
  /** @throws NotFound */
  reopen(ticketId: string): Ticket;
};

export type SandboxContact = SimulatedContact & { readonly id: string; readonly tickets: readonly Ticket[] };

export type NewTicket = { requesterId: string; subject: string; agent?: string; publicReplies?: number };

export type Ticket = NewTicket & { readonly id: string; readonly state: 'open' | 'resolved' };

export function createVendor({ name, title, simulator }: Pick<Vendor, 'name' | 'title' | 'simulator'>): Vendor {
  const contacts: (SandboxContact & { tickets: Ticket[] })[] = [];

  function move(ticketId: string, state: Ticket['state']): Ticket {
    for (const { tickets } of contacts) {
      const index = tickets.findIndex(({ id }) => id === ticketId);
      const ticket = tickets[index];
      if (!ticket) continue;
      if (state === 'resolved') simulator.resolve(ticketId);
      else simulator.reopen(ticketId);
      const moved = { ...ticket, state };
      tickets[index] = moved;
      return moved;
    }
    throw new NotFound('ticket');
  }

  return {
    name,
    title,
    simulator,
    contacts,
    addContact(contact) {
      if (contact.email !== undefined && simulator.recordIdByEmail(contact.email) !== undefined) {
        throw invalidField('email', { code: 'field.address_taken', params: {} });
      }
      const added = { ...contact, id: simulator.addContact(contact), tickets: [] };
      contacts.push(added);
      return added;
    },
    addTicket(ticket) {
      const contact = contacts.find(({ id }) => id === ticket.requesterId);
      if (!contact) throw invalidField('requesterId', { code: 'field.contact_not_here', params: {} });
      const added = { ...ticket, id: simulator.addTicket(ticket), state: 'open' as const };
      contact.tickets.push(added);
      return added;
    },
    resolve: (ticketId) => move(ticketId, 'resolved'),
    reopen: (ticketId) => move(ticketId, 'open'),
  };
}
