import { wakeAheadMs } from '../../platform/jobs/timing.ts';
import type { InvitationsContext } from './context.ts';
import { nextRecheck } from './queries/due.ts';
import { type DueKey, recheckKey } from './queries/due-key.ts';

/** Wakes the recheck of what is due next, where that may be before the sweep comes. */
export async function wakeNextRecheck({ database, clock, wake }: InvitationsContext, due: DueKey): Promise<void> {
  const now = clock();
  const next = await nextRecheck(database.db, due, now);
  if (next && next.getTime() - now.getTime() < wakeAheadMs) await wake('recheck', recheckKey(due), next);
}
