import { runDue } from '../../platform/jobs/run-due.ts';
import { runInTurn } from '../../platform/jobs/run-in-turn.ts';
import { claimMs } from '../../platform/jobs/timing.ts';
import { findContacts } from '../contacts/index.ts';
import { type BrandRow, findBrandById, findVersions, versionKey } from '../surveys/index.ts';
import { attemptAlone } from './attempt-alone.ts';
import type { InvitationsContext } from './context.ts';
import { deferAll, type Obstacle, retryAt } from './defer.ts';
import { restoreServer } from './email-server.ts';
import { emailServerFor, obstacleTo, roomFor, serverIdFor } from './email-server-for.ts';
import { findInvitationBrands } from './invitation-brand.ts';
import { recheckKey } from './queries/due-key.ts';
import { findUnconfirmedRatings, updateInvitation } from './queries/invitations.ts';
import { claimCleared, type LeavingInvitation, listCleared, updateInvitations } from './queries/sending.ts';
import { createSentWriter, type SentWriter } from './save-sent.ts';
import { type LeavingEmail, sendEmail } from './send.ts';
import { wakeNextRecheck } from './wake-recheck.ts';

const batch = 64;

/** More than the email server takes at once: those that it took wait until that is saved, which many are together. */
const sentAtOnce = 48;

/** How many batches are in hand: while one is sent, the next is read. */
const batchesAtOnce = 2;

/**
 * Sends the emails and reminders that were cleared for an email server, at the pace that it takes them. One process at a
 * time does this for a server. What is not sent in time is rechecked.
 *
 * @param serverId `usual`, or the id of the brand whose own server it is
 */
export async function sendCleared(context: InvitationsContext, serverId: string, signal: AbortSignal): Promise<void> {
  const { monotonic, wake } = context;
  const lease = context.leaseFor(serverId);
  const sentWriter = createSentWriter(context);
  const sendDue = () =>
    runDue({
      claim: async () => ((await lease.hold()) ? claimLeaving(context, serverId) : undefined),
      handle: (claimed) => sendBatch(context, serverId, claimed, { sentWriter, signal }),
      again: () => wake('send', serverId),
      monotonic,
      signal,
    });
  await Promise.all(Array.from({ length: batchesAtOnce }, sendDue));
}

async function wakeWrites({ wake, log }: InvitationsContext, sentWriter: SentWriter): Promise<void> {
  for (const connectionId of sentWriter.outOfSync()) {
    await wake('write', connectionId).catch((failure) =>
      log.warn({ code: 'job.wake_failed', err: failure }, 'A job could not be woken. The sweep finds what is due.'),
    );
  }
}

/** Claims what the server takes soon; while something keeps it from that, what was cleared for it waits. */
async function claimLeaving(
  context: InvitationsContext,
  serverId: string,
): Promise<readonly LeavingInvitation[] | undefined> {
  const { database, clock } = context;
  const brand = serverId === 'usual' ? undefined : await findBrandById(database.db, serverId);
  if (serverIdFor(brand) !== serverId) return undefined;
  await restoreServer(context, brand, emailServerFor(context, brand));
  const obstacle = obstacleTo(context, brand);
  if (obstacle) {
    await deferCleared(context, serverId, obstacle);
    return undefined;
  }
  const now = clock();
  const until = new Date(now.getTime() + claimMs);
  const limit = Math.min(batch, roomFor(context, brand));
  const claimed = await claimCleared(database.db, serverId, { now, until, limit });
  return claimed.length > 0 ? claimed : undefined;
}

/** The ledger says for what they wait; until then nothing is read for them. */
async function deferCleared(context: InvitationsContext, serverId: string, obstacle: Obstacle): Promise<void> {
  const { database, clock, wake } = context;
  const cleared = await listCleared(database.db, serverId, clock());
  const until = retryAt(context, obstacle);
  await deferAll(context, cleared, { ...obstacle, until });
  for (const key of new Set(cleared.map(recheckKey))) await wake('recheck', key, until);
}

type Sending = { sentWriter: SentWriter; signal: AbortSignal };

async function sendBatch(
  context: InvitationsContext,
  serverId: string,
  claimed: readonly LeavingInvitation[],
  { sentWriter, signal }: Sending,
): Promise<undefined> {
  const { database } = context;
  const emails = await readEmails(context, serverId, claimed);
  await runInTurn(emails, sentAtOnce, (email) =>
    attemptAlone(context, email.invitation, () =>
      signal.aborted ? giveBack(context, email.invitation) : sendEmail(context, email, sentWriter),
    ),
  );
  const read = new Set(emails.map(({ invitation }) => invitation.id));
  // Something that they are written from is another one since they were cleared.
  const changed = claimed.filter(({ id }) => !read.has(id));
  await updateInvitations(
    database.db,
    changed.map(({ id }) => id),
    { claimedUntil: null, clearedUntil: null },
  );
  await wakeWrites(context, sentWriter);
  // Their reminders, and the next tries of emails that were not taken, may be due before the sweep finds them.
  for (const due of new Map(claimed.map((invitation) => [recheckKey(invitation), invitation])).values()) {
    await wakeNextRecheck(context, due);
  }
  return undefined;
}

/** What they are written from. Those whose brand has another server by now are left out. */
async function readEmails(
  { database }: InvitationsContext,
  serverId: string,
  claimed: readonly LeavingInvitation[],
): Promise<LeavingEmail[]> {
  const { db } = database;
  const brands = new Map<string, BrandRow>();
  for (const [workspaceId, some] of Map.groupBy(claimed, (invitation) => invitation.workspaceId)) {
    for (const [id, brand] of await findInvitationBrands(db, workspaceId, some)) brands.set(id, brand);
  }
  const contacts = await findContacts(
    db,
    claimed.map(({ contactId }) => contactId),
  );
  const surveys = await findVersions(db, claimed);
  const tapped = await findUnconfirmedRatings(
    db,
    claimed.flatMap(({ id, clearance }) => (clearance?.reminder === 1 ? [id] : [])),
  );
  return claimed.flatMap((invitation) => {
    const { clearance } = invitation;
    const brand = brands.get(invitation.id);
    const contact = contacts.get(invitation.contactId);
    const survey = surveys.get(versionKey(invitation));
    if (!clearance || !contact || !survey || serverIdFor(brand) !== serverId) return [];
    return [{ invitation, clearance, brand, contact, survey, tapped: tapped.get(invitation.id) }];
  });
}

/** It did not leave after all, and does not count as asked for what was begun just now. */
function giveBack({ database }: InvitationsContext, { id, sentBefore }: LeavingInvitation): Promise<void> {
  return updateInvitation(database.db, id, { sentAt: sentBefore, claimedUntil: null });
}
