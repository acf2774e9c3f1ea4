import { milliseconds } from '../../model/duration.ts';
import { lockContacts, refreshManyCrmFields, updateContacts } from '../contacts/index.ts';
import { openFrom, recordVerdicts } from '../decisions/index.ts';
import type { VersionedSurvey } from '../surveys/index.ts';
import { endAskedBefore } from '../tickets/index.ts';
import type { InvitationsContext } from './context.ts';
import { isOpen } from './queries/invitations.ts';
import { lockInvitations, markSent } from './queries/sending.ts';
import type { LeavingEmail } from './send.ts';
import type { Clearance } from './tables.ts';

/** An email that the email server took, and the language that it is in. */
export type SentEmail = Pick<LeavingEmail, 'invitation' | 'clearance' | 'survey'> & { language: string };

/** Saves that emails were sent. */
export type SentWriter = {
  /** Hands an email over; what was taken before it may wait a moment to be saved with it. */
  handOver(send: () => Promise<void>): Promise<void>;
  /** Resolves when it is saved. */
  save(sent: SentEmail): Promise<void>;
  /** The connections that have something to write since this was asked before. */
  outOfSync(): readonly string[];
};

type Waiting = { sent: SentEmail; resolve: () => void; reject: (failure: unknown) => void };

/** So many are saved without waiting for more. */
const enough = 32;

/** Milliseconds that emails wait for others on their way: until they are saved, a crash would send them again. */
const longestWaitMs = 30;

/**
 * Emails that are taken at about the same time are saved together. To save each at once would let the database take the
 * time in which the others could leave.
 */
export function createSentWriter(context: InvitationsContext): SentWriter {
  let waiting: Waiting[] = [];
  let onTheirWay = 0;
  let saving = false;
  let timer: NodeJS.Timeout | undefined;
  let outOfSync = new Set<string>();

  function consider(): void {
    if (saving || waiting.length === 0) return;
    // Whatever else arrives in this turn of the event loop comes along.
    if (onTheirWay === 0 || waiting.length >= enough) setImmediate(() => void saveWaiting());
    else timer ??= setTimeout(() => void saveWaiting(), longestWaitMs);
  }

  async function saveWaiting(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (saving || waiting.length === 0) return;
    saving = true;
    await saveGroup(takeGroup());
    saving = false;
    consider();
  }

  /** One email a contact: of two that ask the same contact, the later one ends the earlier one's link. */
  function takeGroup(): Waiting[] {
    const byContact = Map.groupBy(waiting, ({ sent }) => sent.invitation.contactId);
    const group = [...byContact.values()].flatMap(([first]) => first ?? []);
    waiting = waiting.filter((one) => !group.includes(one));
    return group;
  }

  /** What cannot be saved fails alone. */
  async function saveGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const written = await saveSent(
        context,
        group.map(({ sent }) => sent),
      );
      outOfSync = outOfSync.union(new Set(written));
      for (const { resolve } of group) resolve();
    } catch (failure) {
      const [only, ...others] = group;
      if (others.length === 0) only?.reject(failure);
      else for (const one of group) await saveGroup([one]);
    }
  }

  return {
    async handOver(send) {
      onTheirWay += 1;
      try {
        await send();
      } finally {
        onTheirWay -= 1;
        consider();
      }
    },
    save: (sent) =>
      new Promise((resolve, reject) => {
        waiting.push({ sent, resolve, reject });
        consider();
      }),
    outOfSync() {
      const since = [...outOfSync];
      outOfSync = new Set();
      return since;
    },
  };
}

/** @returns the connections that have something to write */
function saveSent(context: InvitationsContext, group: readonly SentEmail[]): Promise<string[]> {
  const { database, clock } = context;
  const now = clock();
  return database.transaction(async (tx) => {
    const contacts = await lockContacts(
      tx,
      group.map(({ invitation }) => invitation.contactId),
    );
    const invitations = await lockInvitations(
      tx,
      group.map(({ invitation }) => invitation.id),
    );
    const standing = group.flatMap((sent) => {
      const contact = contacts.get(sent.invitation.contactId);
      const current = invitations.get(sent.invitation.id);
      return contact && current ? [{ ...sent, contact, current }] : [];
    });
    // An answer, or an erasure, may have been faster than this line.
    const open = standing.filter(({ current }) => isOpen(current));
    await markSent(
      tx,
      open.map(({ clearance, survey, language, current: { id, ...current } }) => {
        const { reminder } = clearance;
        const sentAt = reminder === 0 ? now : current.sentAt;
        const expiresAt = current.expiresAt ?? new Date(now.getTime() + milliseconds(survey.content.timing.expires));
        const dueAt = nextReminder(survey, clearance, { sentAt: sentAt ?? now, expiresAt });
        return { id, sentAt, expiresAt, dueAt, remindersSent: reminder, language };
      }),
    );
    const asked = standing.filter(({ clearance }) => clearance.reminder === 0);
    await recordVerdicts(
      tx,
      context,
      asked.map(({ current: { decisionId, contactId }, survey, clearance: { notes } }) => ({
        ...{ decisionId, contactId, verdict: 'asked' as const },
        reason: { code: 'asked' as const, params: { kind: 'sent' as const, survey: survey.key } },
        notes,
      })),
      now,
    );
    await endAskedBefore(
      tx,
      asked.flatMap(({ current: { id, ticketId } }) => (ticketId === null ? [] : [id])),
    );
    const counting = asked.filter(({ current }) => !current.test);
    const contactIds = counting.map(({ contact }) => contact.id);
    await updateContacts(tx, contactIds, { lastAskedAt: now });
    const workspaceId = counting[0]?.current.workspaceId;
    return workspaceId === undefined ? [] : refreshManyCrmFields(tx, { workspaceId, contactIds }, now);
  });
}

/** When the reminder after this email is to leave: in no quiet hours, and while the link lives. */
function nextReminder(
  { content }: VersionedSurvey,
  { reminder, zone }: Clearance,
  { sentAt, expiresAt }: { sentAt: Date; expiresAt: Date },
): Date | null {
  const after = content.reminders[reminder];
  if (after === undefined) return null;
  const due = new Date(sentAt.getTime() + milliseconds(after));
  const at = zone === null ? due : openFrom(due, content.timing, zone);
  return at < expiresAt ? at : null;
}
