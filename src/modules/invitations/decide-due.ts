import { minuteMs } from '../../model/time-units.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { runInTurn } from '../../platform/jobs/run-in-turn.ts';
import { type ContactRow, lockContacts } from '../contacts/index.ts';
import { composeFacts, type DecisionCase, openZone, recall } from '../decisions/index.ts';
import { findVersions, versionKey } from '../surveys/index.ts';
import { attemptAlone } from './attempt-alone.ts';
import type { InvitationsContext } from './context.ts';
import { createDailyCap } from './daily-cap.ts';
import { type Cleared, decideAgain } from './decide-again.ts';
import { type ClearedInvitation, clearInvitations } from './queries/due.ts';
import { findInvitations, type InvitationRow, isOpen, updateInvitation } from './queries/invitations.ts';
import { lockInvitations } from './queries/sending.ts';
import { type RefreshedSource, refreshAgainAfterMs } from './refresh-due.ts';
import { saveRefreshed } from './save-refreshed.ts';
import { findUnchanged } from './unchanged-since-refresh.ts';

/** How long an email may leave on what was read and decided, in milliseconds. */
const clearedForMs = minuteMs;

const atOnce = 8;

/** Where the invitations belong; `serverIds` are the email servers by which they would leave, by invitation. */
export type DueGroup = { workspaceId: string; serverIds: ReadonlyMap<string, string> };

/**
 * An invitation with what is to be decided about it; nothing where nothing is left of it.
 *
 * @param contactId the contact of all that was read, where it is known to be one of ours already
 */
type DueCase = {
  invitation: InvitationRow;
  about: ((contact: ContactRow) => DecisionCase) | undefined;
  contactId?: string;
};

/**
 * Saves what was read of tickets and records and decides again. What may leave is cleared; what must not leave is
 * withdrawn, what must wait is deferred; both are said in the ledger.
 *
 * @returns the email servers by which something may leave
 */
export async function decideDue(
  context: InvitationsContext,
  group: DueGroup,
  reads: readonly RefreshedSource[],
): Promise<ReadonlySet<string>> {
  const servers = new Set<string>();
  for (const round of onePerContact(reads)) {
    const decided = await decideUnchanged(context, group, round);
    for (const serverId of decided.servers) servers.add(serverId);
    const others = round.filter(({ invitation }) => !decided.ids.has(invitation.id));
    await runInTurn(others, atOnce, (read) =>
      attemptAlone(context, read.invitation, async () => {
        for (const serverId of await saveAndDecide(context, group, read)) servers.add(serverId);
      }),
    );
  }
  return servers;
}

/** What is decided about a contact counts for what is decided about them next. */
function onePerContact(reads: readonly RefreshedSource[]): RefreshedSource[][] {
  const byContact = [...Map.groupBy(reads, ({ invitation }) => invitation.contactId).values()];
  const rounds = Math.max(0, ...byContact.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, n) => byContact.flatMap((same) => same[n] ?? []));
}

type Decided = { ids: ReadonlySet<string>; servers: readonly string[] };

/** Decides about all of which the vendors show nothing new, in one transaction; the others are left. */
async function decideUnchanged(
  context: InvitationsContext,
  group: DueGroup,
  reads: readonly RefreshedSource[],
): Promise<Decided> {
  const { database, log } = context;
  try {
    return await database.transaction(async (tx) => {
      const unchanged = await findUnchanged(tx, context, group.workspaceId, reads);
      const cases = unchanged.map(({ read, ...one }) => ({ ...one, invitation: read.invitation }));
      return decideLocked(tx, context, group, cases);
    });
  } catch (failure) {
    log.warn({ code: 'invitation.decided_alone', err: failure }, 'Due invitations are decided one by one.');
    return { ids: new Set(), servers: [] };
  }
}

/** Saves what is new of one, and decides about it. @returns the email server by which it may leave, if it may */
async function saveAndDecide(
  context: InvitationsContext,
  group: DueGroup,
  read: RefreshedSource,
): Promise<readonly string[]> {
  const { database, clock, wake } = context;
  const { invitation } = read;
  const { outOfSync, servers } = await database.transaction(async (tx) => {
    const saved = await saveRefreshed(tx, context, read);
    if (saved.overtaken) {
      const dueAt = new Date(clock().getTime() + refreshAgainAfterMs);
      await updateInvitation(tx, invitation.id, { dueAt, claimedUntil: null });
      return { ...saved, servers: [] };
    }
    const decided = await decideLocked(tx, context, group, [{ invitation, about: saved.about }]);
    return { ...saved, ...decided };
  });
  for (const connectionId of outOfSync) await wake('write', connectionId);
  return servers;
}

/**
 * Locks contacts, then their invitations, and decides. The tickets were locked before, where there are any: this is
 * the order of everybody who takes several of these rows.
 */
async function decideLocked(
  tx: Queryable,
  context: InvitationsContext,
  { workspaceId, serverIds }: DueGroup,
  cases: readonly DueCase[],
): Promise<Decided> {
  const ids = cases.map(({ invitation }) => invitation.id);
  // Whose they are by now: the contact is to be locked first.
  const latest = await findInvitations(tx, ids);
  const contacts = await lockContacts(
    tx,
    [...latest.values()].flatMap(({ status, contactId }) => (status === 'withdrawn' ? [] : [contactId])),
  );
  const invitations = await lockInvitations(tx, ids);
  const surveys = await findVersions(tx, [...invitations.values()]);

  const decided = new Set<string>();
  const questions = [];
  for (const { invitation, about, contactId } of cases) {
    const current = invitations.get(invitation.id);
    const contact = contacts.get(latest.get(invitation.id)?.contactId ?? '');
    const hasEmail = current !== undefined && isOpen(current);
    // They turned out to be another contact, or it ended, after this was read.
    if (contactId !== undefined && (contact?.id !== contactId || current?.contactId !== contactId || !hasEmail))
      continue;
    decided.add(invitation.id);
    if (!contact || !current) continue;
    if (!about || !hasEmail) {
      await updateInvitation(tx, current.id, { dueAt: null, claimedUntil: null });
      continue;
    }
    const survey = surveys.get(versionKey(current));
    if (!survey) throw new Error('an invitation without its survey');
    questions.push({ contact, current, survey, about: about(contact), deciding: current.id });
  }

  const memory = await recall(tx, context, workspaceId, questions);
  const cap = createDailyCap(tx, context);
  const cleared: ClearedInvitation[] = [];
  for (const { contact, current, survey, ...question } of questions) {
    const facts = composeFacts(context, memory, { ...question, survey });
    const asking = await decideAgain(tx, context, { current, survey, contact, facts }, cap);
    if (asking) cleared.push(asCleared(asking, serverIds));
  }
  await clearInvitations(tx, cleared, new Date(context.clock().getTime() + clearedForMs));
  return { ids: decided, servers: [...new Set(cleared.map(({ emailServerId }) => emailServerId))] };
}

function asCleared({ invitation, email, reminder, facts, notes }: Cleared, serverIds: DueGroup['serverIds']) {
  const emailServerId = serverIds.get(invitation.id) ?? '';
  return { id: invitation.id, email, emailServerId, clearance: { reminder, notes, zone: openZone(facts) } };
}
