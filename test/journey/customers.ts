import type { SavedEmail } from '../../src/sandbox/kept-email.ts';
import { eventually } from './eventually.ts';
import type { Vendor, World } from './world.ts';

/** Somebody with an address of their own, and their record in each system that knows them. */
export type Customer = { name: string; email: string } & Record<Vendor, string>;

let last = 0;

/** A new customer whom both systems know, or only those named; the id of a missing record is empty. */
export function addCustomer(
  world: Pick<World, Vendor>,
  { name = 'Cora Customer', knownIn = ['hubspot', 'zendesk'] }: { name?: string; knownIn?: readonly Vendor[] } = {},
): Customer {
  const email = `customer-${++last}@shop.example`;
  const addTo = (vendor: Vendor) => (knownIn.includes(vendor) ? world[vendor].addContact({ name, email }) : '');
  return { name, email, hubspot: addTo('hubspot'), zendesk: addTo('zendesk') };
}

export function addTicket(world: Pick<World, Vendor>, vendor: Vendor, customer: Customer, agent?: string): string {
  const subject = 'Where is my parcel?';
  return world[vendor].addTicket({ requesterId: customer[vendor], subject, ...(agent === undefined ? {} : { agent }) });
}

/** A ticket of this customer's that was just resolved there. @returns its id */
export function resolveTicket(world: Pick<World, Vendor>, vendor: Vendor, customer: Customer, agent?: string): string {
  const ticket = addTicket(world, vendor, customer, agent);
  world[vendor].resolve(ticket);
  return ticket;
}

/** Every email to this customer so far. */
export function emailsTo({ inbox }: Pick<World, 'inbox'>, { email }: Customer): readonly SavedEmail[] {
  return inbox.sentEmails.filter(({ to }) => to.includes(email));
}

/** Their email with this number, counted from 1. */
export function emailTo(world: World, customer: Customer, number = 1, within?: number): Promise<SavedEmail> {
  return eventually(`email ${number} to ${customer.email}`, () => emailsTo(world, customer)[number - 1], within);
}

/** The address behind a number in an email. */
export function ratingLink({ links }: SavedEmail, rating: number): string {
  const link = links.find(({ text }) => text === String(rating));
  if (!link) throw new Error(`the email has no link for ${rating}`);
  return link.url;
}

/** Opens the link and submits the page as a browser does. */
export async function submit(link: string, fields: { rating: number | string; comment?: string }): Promise<Response> {
  const page = await fetch(link);
  if (!page.ok) throw new Error(`the page answered ${page.status}`);
  await page.body?.cancel();
  const body = new URLSearchParams({ rating: String(fields.rating), comment: fields.comment ?? '' });
  return fetch(link, { method: 'POST', body });
}

/** Answers the customer's email with this number. @returns the link they used */
export async function answer(
  world: World,
  customer: Customer,
  { rating, comment, sentEmail = 1 }: { rating: number; comment?: string; sentEmail?: number },
): Promise<string> {
  const link = ratingLink(await emailTo(world, customer, sentEmail), rating);
  const answered = await submit(link, { rating, ...(comment === undefined ? {} : { comment }) });
  if (!answered.ok) throw new Error(`the answer was refused with ${answered.status}`);
  return link;
}

/** What stands on the customer's record there. */
export function recordIn(world: Pick<World, Vendor>, vendor: Vendor, customer: Customer): Record<string, unknown> {
  return { ...world[vendor].record(customer[vendor]) };
}

/** Waits until the customer's records in both systems show this rating. */
export async function ratingStands(world: World, customer: Customer, rating: number, within?: number): Promise<void> {
  for (const vendor of ['hubspot', 'zendesk'] as const) {
    await eventually(
      `${rating} stands on the ${vendor} record of ${customer.email}`,
      () => String(recordIn(world, vendor, customer).nps_latest_rating) === String(rating),
      within,
    );
  }
}

/** Waits until everything that was told to the service before has been worked on: a later customer is asked. */
export async function everythingBefore(world: World): Promise<void> {
  await Promise.all([world.hubspot.settled(), world.zendesk.settled()]);
  const later = [addCustomer(world), addCustomer(world)] as const;
  resolveTicket(world, 'hubspot', later[0]);
  resolveTicket(world, 'zendesk', later[1]);
  for (const customer of later) await emailTo(world, customer);
}
