import { randomUUID } from 'node:crypto';
import type { ContactSnapshot } from '../../src/model/contact.ts';
import { addEvents } from '../../src/modules/events/queries/events.ts';
import { hour, type World } from './world.ts';

/**
 * A ticket of each of these, resolved now, of which we hear at once and at which we look together: what is the same of
 * all of them is done once.
 *
 * @returns the tickets' ids, in the same order
 */
export async function resolveTogether(world: World, requesters: readonly ContactSnapshot[]): Promise<string[]> {
  const at = world.clock();
  const shown = { state: 'resolved', resolvedAt: at, publicReplies: 1, handler: 'human_agent' } as const;
  const tickets = requesters.map((requester) => world.vendor.addTicket({ requester, ...shown }).id);
  const connectionId = world.connectionId();
  const event = { workspaceId: world.workspaceId, connectionId, kind: 'ticket.changed' };
  const when = { happenedAt: at, receivedAt: at, dueAt: at };
  await addEvents(
    world.database.db,
    tickets.map((objectId) => ({ ...event, ...when, key: randomUUID(), objectId })),
  );
  await world.work('dispatch', connectionId);
  return tickets;
}

/** So many somebodies new who have been asked, as `world.asked` asks one. */
export async function askTogether(world: World, count: number): Promise<Awaited<ReturnType<World['asked']>>[]> {
  const requesters = Array.from({ length: count }, () => world.vendor.addContact({ name: 'Ann' }));
  const tickets = await resolveTogether(world, requesters);
  await world.pass(hour);
  return requesters.map((requester, place) => {
    const { id: recordId, email = '' } = requester;
    const sentEmail = world.fakeEmailServer.to(email).at(-1);
    if (!sentEmail) throw new Error('no one was asked');
    return { sentEmail, requester, recordId, ticketId: tickets[place] ?? '', email };
  });
}
