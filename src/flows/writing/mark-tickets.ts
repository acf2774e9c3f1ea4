import type { MarkOutcome } from '../../connector.ts';
import { category, scaleOf } from '../../domain/survey/scale.ts';
import { UpstreamBusy, UpstreamRefused } from '../../errors.ts';
import { findConnection } from '../../store/connections.ts';
import { type DueMark, dueMarks, keepMark } from '../../store/ticket-marks.ts';
import type { Context, LiveConnection } from '../context.ts';

const batch = 20;
const lastTry = 8;

/**
 * Makes answers stand on their tickets, where the connection does so: triggers of a helpdesk run only when a ticket
 * changes. Where none is left on the record, the mark goes. @returns how many it took on
 */
export async function markTickets(context: Context, live: LiveConnection): Promise<number> {
  const { database, clock } = context;
  const due = await dueMarks(database.db, live.id, clock(), batch);
  if (due.length === 0) return 0;
  const row = await findConnection(database.db, live.id);
  const { tickets } = live.capabilities;
  for (const mark of due) {
    if (row?.marksTickets && tickets?.mark) await markOne(context, live, mark, row.notesTickets);
    else await keepMark(database.db, mark, { outcome: 'this connection marks no tickets' });
  }
  return due.length;
}

async function markOne(context: Context, live: LiveConnection, mark: DueMark, note: boolean): Promise<void> {
  try {
    const outcome = await makeStand(live, mark, note);
    if (outcome?.result === 'busy') {
      throw new UpstreamBusy(outcome.because, { concerns: 'request', ...waitOf(outcome) });
    }
    await keepMark(context.database.db, mark, { outcome: describe(outcome) });
  } catch (failure) {
    const upstream = failure instanceof UpstreamBusy || failure instanceof UpstreamRefused;
    if (!upstream || failure.concerns === 'connection') throw failure;
    const wait = failure instanceof UpstreamBusy ? failure.retryAfter : undefined;
    const givenUp = mark.attempts + 1 >= lastTry || failure instanceof UpstreamRefused;
    const again = new Date(context.clock().getTime() + (wait ?? 2000 * 2 ** mark.attempts));
    await keepMark(context.database.db, mark, { outcome: failure.message, ...(givenUp ? {} : { again }) });
  }
}

async function makeStand(
  { capabilities: { tickets } }: LiveConnection,
  { externalId: id, answer }: DueMark,
  note: boolean,
): Promise<MarkOutcome | undefined> {
  if (!answer) return (await tickets?.unmark?.([id]))?.[0];
  const { metric, rating, scale, comment, answeredAt } = answer;
  const named = category(scaleOf(metric, scale), rating);
  return (await tickets?.mark?.([{ id, metric, rating, scale, category: named, comment, answeredAt, note }]))?.[0];
}

function waitOf({ retryAfter }: { retryAfter?: number }): { retryAfter?: number } {
  return retryAfter === undefined ? {} : { retryAfter };
}

function describe(outcome: MarkOutcome | undefined): string {
  if (!outcome) return 'this system marks no tickets';
  if ('because' in outcome) return outcome.because;
  return outcome.result === 'gone' ? 'the ticket is gone' : outcome.result;
}
