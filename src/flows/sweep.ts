import { dueConnections } from '../store/connections.ts';
import { dueDryRuns } from '../store/dry-runs.ts';
import { hasReceivedEvents, nextEvents } from '../store/events.ts';
import { dueRetention } from '../store/expiry.ts';
import { nextFinalizations } from '../store/finalizing.ts';
import { nextGoneChecks } from '../store/gone-records.ts';
import { expireInvitations, nextDeliveries } from '../store/invitations.ts';
import { nextWrites } from '../store/record-link-claims.ts';
import { reencryptBatch } from '../store/reencrypt.ts';
import { nextMarks } from '../store/ticket-marks.ts';
import { withdrawUnpublished } from './asking/stop-surveys.ts';
import { openKept } from './connecting/open.ts';
import { reopenChanged } from './connecting/reopen.ts';
import type { Context } from './context.ts';

/** What is due within this is given its wake-up now; a later sweep finds the rest. */
const ahead = 90_000;

/** Every minute: finds whatever is due and wakes who does it, so that a lost wake-up costs a minute at most. */
export async function sweep(context: Context): Promise<void> {
  const { database, clock, wake } = context;
  const now = clock();
  const soon = new Date(now.getTime() + ahead);
  await expireInvitations(database.db, now);
  await reencryptBatch(database, context.encryption);
  await withdrawUnpublished(context);
  // Another process may have been given a consent, other keys, or other names for our fields.
  await openKept(context);
  await reopenChanged(context);
  if (await hasReceivedEvents(database.db)) await wake('sort-events', 'all');
  for (const { connectionId, at } of await nextEvents(database.db)) {
    if (at <= soon) await wake('dispatch', connectionId, at);
  }
  for (const { connectionId, at } of [...(await nextWrites(database.db)), ...(await nextMarks(database.db))]) {
    if (at <= soon) await wake('write', connectionId, at);
  }
  for (const { workspaceId, at } of await nextDeliveries(database.db)) {
    if (at <= soon) await wake('deliver', workspaceId, at);
  }
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
}
