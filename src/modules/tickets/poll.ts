import type { TicketChanges } from '../../connector.ts';
import { minuteMs } from '../../model/time-units.ts';
import { runDue } from '../../platform/jobs/run-due.ts';
import { findConnection, type LiveConnection, noteFailure, updateConnection } from '../connections/index.ts';
import { addEvents } from '../events/index.ts';
import type { TicketsContext } from './context.ts';
import { seenChanges } from './queries/tickets.ts';

/** A vendor's index lags behind its data: each poll looks this far back over what the last one saw. */
const overlapMs = 2 * minuteMs;

/** Looks through a connection's tickets changed since the watermark, for what webhooks lost or never brought. */
export async function poll(context: TicketsContext, connectionId: string, signal: AbortSignal): Promise<void> {
  const { database, clock, monotonic, wake } = context;
  const live = context.connections.find(connectionId);
  const row = await findConnection(database.db, connectionId);
  const tickets = live?.capabilities.tickets;
  if (!live || !tickets || !row || row.status === 'unauthorized' || row.status === 'disconnected') return;
  if (!(await live.lease.hold())) return;
  let next = new Date(clock().getTime() + intervalOf(context, live));
  let polled = {};
  try {
    let cursor = row.pollCursor ?? undefined;
    const since = new Date(Math.max(row.polledUntil.getTime() - overlapMs, row.activeSince.getTime()));
    await runDue({
      claim: () => tickets.changedSince(since, cursor),
      async handle(page) {
        await savePage(context, live, page);
        cursor = page.more ? page.cursor : undefined;
        // Where the next poll begins: in the middle of the pages, or after the last of them.
        const progress = page.more
          ? { pollCursor: page.cursor ?? null }
          : { pollCursor: null, polledUntil: page.completeUntil };
        await updateConnection(database.db, connectionId, progress);
        polled = { lastPolledAt: clock() };
        return cursor === undefined ? 'stop' : undefined;
      },
      async again() {
        next = clock();
      },
      monotonic,
      signal,
    });
  } catch (failure) {
    next = await noteFailure(context, live, failure);
  }
  await updateConnection(database.db, connectionId, { ...polled, pollDueAt: next });
  await wake('poll', connectionId, next);
}

/** A vendor that allows few searches is polled evenly, instead of in bursts with a long wait behind each. */
function intervalOf({ reconcileEvery }: TicketsContext, { connector }: LiveConnection): number {
  const search = connector.limits.lanes?.search;
  return Math.max(reconcileEvery, search ? search.window / search.calls : 0);
}

async function savePage(context: TicketsContext, live: LiveConnection, page: TicketChanges): Promise<void> {
  const { database, clock, metrics, wake } = context;
  const seen = await seenChanges(
    database.db,
    live.id,
    page.changes.map((change) => change.id),
  );
  const now = clock();
  const news = page.changes.filter(({ id, changedAt }) => (seen.get(id)?.getTime() ?? 0) < changedAt.getTime());
  const added = await addEvents(
    database.db,
    news.map(({ id, changedAt }) => ({
      workspaceId: live.workspaceId,
      connectionId: live.id,
      key: `poll ${id} ${changedAt.toISOString()}`,
      kind: 'ticket.changed',
      objectId: id,
      happenedAt: changedAt,
      receivedAt: now,
      dueAt: now,
    })),
  );
  if (added === 0) return;
  metrics.count('events_received', { connector: live.connector.name, source: 'poll', outcome: 'saved' }, added);
  await wake('dispatch', live.id);
}
