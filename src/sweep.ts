import type { Context } from './context.ts';
import { refreshConnections } from './join-workers.ts';
import { dueConnections } from './modules/connections/index.ts';
import { dueRetention, nextGoneChecks } from './modules/contacts/index.ts';
import { dueDryRuns } from './modules/dry-run/index.ts';
import { hasReceivedEvents, nextEvents } from './modules/events/index.ts';
import { expireInvitations, listServersInUse, nextRechecks, withdrawUnpublished } from './modules/invitations/index.ts';
import { rollUpStaleDays } from './modules/reports/index.ts';
import { nextFinalizations } from './modules/responses/index.ts';
import { nextMarks } from './modules/tickets/index.ts';
import { nextWrites } from './modules/write-back/index.ts';
import { wakeAheadMs } from './platform/jobs/timing.ts';
import { reencryptBatch } from './reencrypt.ts';

/** Every minute: finds whatever is due and wakes who does it, so that a lost wake-up costs a minute at most. */
export async function sweep(context: Context): Promise<void> {
  const { database, clock, wake } = context;
  const now = clock();
  const soon = new Date(now.getTime() + wakeAheadMs);
  await expireInvitations(database.db, now);
  await reencryptBatch(database, context.encryption);
  await withdrawUnpublished(context);
  await refreshConnections(context);
  if (await hasReceivedEvents(database.db)) await wake('sort-events', 'all');
  for (const { connectionId, at } of await nextEvents(database.db)) {
    if (at <= soon) await wake('dispatch', connectionId, at);
  }
  for (const { connectionId, at } of [...(await nextWrites(database.db)), ...(await nextMarks(database.db))]) {
    if (at <= soon) await wake('write', connectionId, at);
  }
  for (const { key, at } of await nextRechecks(database.db)) {
    if (at <= soon) await wake('recheck', key, at);
  }
  for (const serverId of await listServersInUse(database.db, now)) await wake('send', serverId);
  for (const { workspaceId, at } of await nextFinalizations(database.db)) {
    if (at <= soon) await wake('finalize', workspaceId, at);
  }
  for (const { connectionId, at } of await nextGoneChecks(database.db)) {
    if (at <= soon) await wake('gone', connectionId, at);
  }
  for (const { id } of await dueConnections(database.db, 'provisionDueAt', now)) await wake('provision', id);
  for (const { id } of await dueConnections(database.db, 'pollDueAt', now)) await wake('poll', id);
  for (const { id } of await dueConnections(database.db, 'readBackDueAt', now)) await wake('read-back', id);
  for (const { id } of await dueRetention(database.db, now)) await wake('retention', id);
  for (const { id } of await dueDryRuns(database.db, now)) await wake('dry-run', id);
  // Last: after an import it has much to count, and what is due must not wait for that.
  await rollUpStaleDays(database);
}
