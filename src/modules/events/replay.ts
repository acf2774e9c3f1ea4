import { Conflict, NotFound } from '../../model/errors.ts';
import { findConnection } from '../connections/index.ts';
import type { EventsContext } from './context.ts';
import { reviveEvent } from './queries/events.ts';

/**
 * Looks again at what an event named, as if it had just come. What was decided about it before holds: the same
 * resolution is not asked about twice.
 *
 * @throws NotFound; RequestError when its connection has ended
 */
export async function replayEvent(context: EventsContext, workspaceId: string, eventId: string): Promise<void> {
  const { database, clock, wake } = context;
  // They are counted; anything else names none.
  const number = /^\d{1,15}$/u.test(eventId) ? Number(eventId) : 0;
  const revived = await reviveEvent(database.db, workspaceId, number, clock());
  if (!revived) throw new NotFound('event');
  const row = await findConnection(database.db, revived.connectionId);
  if (!row || row.status === 'disconnected') {
    throw new Conflict({ code: 'connection_ended', params: {} });
  }
  await wake('dispatch', row.id);
}
