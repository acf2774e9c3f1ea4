import { sortJournal } from '../../store/notices.ts';
import type { Context } from '../context.ts';

const rowsAtOnce = 50;

/** Sorts the journal into the notice table, and wakes a look at every connection that has news. */
export async function sortNotices({ database, wake }: Context, signal: AbortSignal): Promise<void> {
  const news = new Set<string>();
  let taken = 0;
  do {
    const sorted = await sortJournal(database.db, rowsAtOnce);
    taken = sorted.taken;
    for (const connection of sorted.connections) news.add(connection);
  } while (taken === rowsAtOnce && !signal.aborted);
  for (const connection of news) await wake('look', connection);
}
