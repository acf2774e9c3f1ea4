import type { SimulatedContact, Simulator } from '../connector.ts';
import { dayMs } from '../model/time-units.ts';

/** Customers of the last weeks; some of them must not be asked, so that a dry run has something to say. */
const customers: readonly (SimulatedContact & { daysAgo: readonly number[]; publicReplies?: number })[] = [
  { name: 'Hana Sato', email: 'hana@past.example', daysAgo: [27, 9] },
  { name: 'Ivo Petrov', email: 'ivo@past.example', daysAgo: [25] },
  { name: 'Jana Mayer', email: 'jana@past.example', daysAgo: [24, 22, 3] },
  { name: 'Mats Berg', email: 'mats@past.example', daysAgo: [17], optedOut: true },
  { name: 'Kofi Mensah', email: 'kofi@past.example', daysAgo: [21] },
  { name: 'Lea Fontaine', email: 'lea@past.example', daysAgo: [19, 2] },
  { name: 'Nora Hansen', email: 'nora@past.example', daysAgo: [16, 12] },
  { name: 'Omar Haddad', email: 'omar@past.example', daysAgo: [14], publicReplies: 0 },
  { name: 'Pia Keller', email: 'pia@past.example', daysAgo: [11] },
  { name: 'Quentin Roux', daysAgo: [10] },
  { name: 'Rosa Marín', email: 'rosa@past.example', daysAgo: [8, 4] },
  { name: 'Sven Olsen', email: 'sven@past.example', daysAgo: [6] },
  { name: 'Tara Singh', email: 'tara@past.example', daysAgo: [5, 1] },
  { name: 'Udo Brandt', email: 'udo@past.example', daysAgo: [1] },
];

/**
 * Tickets that were resolved in the last weeks, before anybody was connected: nobody is ever asked about them, and a
 * dry run has something to look back on. The vendors tell nobody of them.
 *
 * @param at has the vendors' clock stand so many milliseconds back while it works
 */
export function playPast(simulators: readonly Simulator[], at: (ago: number, work: () => void) => void): void {
  for (const simulator of simulators) simulator.disturb({ kind: 'mute' });
  const tickets = customers.flatMap(({ daysAgo, publicReplies = 1, ...contact }, index) =>
    daysAgo.map((ago) => ({ contact, ago, publicReplies, simulator: simulators[index % simulators.length] })),
  );
  for (const { contact, ago, publicReplies, simulator } of tickets.toSorted((a, b) => b.ago - a.ago)) {
    if (!simulator) continue;
    at(ago * dayMs, () => {
      const known = contact.email === undefined ? undefined : simulator.recordIdByEmail(contact.email);
      const recordId = known ?? simulator.addContact(contact);
      simulator.resolve(
        simulator.addTicket({ requesterId: recordId, subject: 'A question of some weeks ago', publicReplies }),
      );
    });
  }
  for (const simulator of simulators) simulator.calm();
}
