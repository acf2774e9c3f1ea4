import type { Vendor } from './vendor.ts';

/** Contacts whom every vendor knows by the same address, and who wait for an answer in one of them. */
const contacts = [
  { name: 'Dana Novak', email: 'dana@customers.example', subject: 'The invoice shows the old address', agent: 'Robin' },
  { name: 'Emil Costa', email: 'emil@customers.example', subject: 'How do I add a colleague?', agent: 'Sam' },
  { name: 'Fay Lindqvist', email: 'fay@customers.example', subject: 'Export stops at page two', agent: 'Robin' },
  { name: 'Goran Ilić', email: 'goran@customers.example', subject: 'Wrong size delivered', agent: 'Sam' },
] as const;

/** Enough to try the service out: the tickets stand open, each vendor having its share of them. */
export function addSample(vendors: readonly Vendor[]): void {
  for (const [index, { name, email, subject, agent }] of contacts.entries()) {
    for (const [place, vendor] of vendors.entries()) {
      const { id } = vendor.addContact({ name, email });
      if (index % vendors.length === place) vendor.addTicket({ requesterId: id, subject, agent });
    }
  }
}
