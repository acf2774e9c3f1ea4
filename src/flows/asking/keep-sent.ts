import { openAt } from '../../domain/decision/due.ts';
import { milliseconds } from '../../domain/duration.ts';
import { lockContacts, updateContacts } from '../../store/contacts.ts';
import { recordVerdicts } from '../../store/decisions.ts';
import { lockInvitations, markSent } from '../../store/leaving.ts';
import { endAskedBefore } from '../../store/reopenings.ts';
import { refreshScores } from '../../store/scores.ts';
import type { Context } from '../context.ts';
import type { Prepared } from './decide-again.ts';

/** A letter that the mail server took, and the language that it is in. */
export type Taken = { prepared: Prepared; language: string };

/** Keeps that letters were sent. */
export type SentKeeper = {
  /** Resolves when it is kept. */
  keep(taken: Taken): Promise<void>;
};

type Waiting = { taken: Taken; resolve: () => void; reject: (failure: unknown) => void };

/** Letters that are taken while others are being kept are kept together next: nobody waits for there to be more. */
export function createSentKeeper(context: Context): SentKeeper {
  let waiting: Waiting[] = [];
  let keeping = false;

  async function keepWaiting(): Promise<void> {
    if (keeping) return;
    keeping = true;
    while (waiting.length > 0) await keepTogether(takeGroup());
    keeping = false;
  }

  /** One letter a person: of two that ask the same person, the later one ends the earlier one's link. */
  function takeGroup(): Waiting[] {
    const byPerson = Map.groupBy(waiting, ({ taken }) => taken.prepared.invitation.contactId);
    const group = [...byPerson.values()].flatMap(([first]) => first ?? []);
    waiting = waiting.filter((one) => !group.includes(one));
    return group;
  }

  /** What cannot be kept fails alone. */
  async function keepTogether(group: readonly Waiting[]): Promise<void> {
    try {
      await keepSent(
        context,
        group.map(({ taken }) => taken),
      );
      for (const { resolve } of group) resolve();
    } catch (failure) {
      const [only, ...others] = group;
      if (others.length === 0) only?.reject(failure);
      else for (const one of group) await keepTogether([one]);
    }
  }

  return {
    keep: (taken) =>
      new Promise((resolve, reject) => {
        waiting.push({ taken, resolve, reject });
        // Whatever else arrives in this turn of the event loop comes along.
        if (waiting.length === 1) setImmediate(() => void keepWaiting());
      }),
  };
}

async function keepSent({ database, clock, wake, log }: Context, group: readonly Taken[]): Promise<void> {
  const now = clock();
  const behind = await database.transaction(async (tx) => {
    const people = await lockContacts(
      tx,
      group.map(({ prepared }) => prepared.invitation.contactId),
    );
    const invitations = await lockInvitations(
      tx,
      group.map(({ prepared }) => prepared.invitation.id),
    );
    const standing = group.flatMap((taken) => {
      const contact = people.get(taken.prepared.invitation.contactId);
      const current = invitations.get(taken.prepared.invitation.id);
      return contact && current ? [{ ...taken, contact, current }] : [];
    });
    // An answer, or an erasure, may have been faster than this line.
    const open = standing.filter(({ current }) => current.status === 'scheduled' || current.status === 'sent');
    await markSent(
      tx,
      open.map(({ prepared, language, current: { id, ...current } }) => {
        const { survey, reminder } = prepared;
        const sentAt = reminder === 0 ? now : current.sentAt;
        const expiresAt = current.expiresAt ?? new Date(now.getTime() + milliseconds(survey.content.timing.expires));
        const dueAt = nextReminder(prepared, sentAt ?? now, expiresAt);
        return { id, sentAt, expiresAt, dueAt, remindersSent: reminder, language };
      }),
    );
    const asked = standing.filter(({ prepared }) => prepared.reminder === 0);
    await recordVerdicts(
      tx,
      asked.map(({ current: { decisionId, contactId }, prepared: { survey } }) => ({
        ...{ decisionId, contactId, verdict: 'asked', reason: 'asked' },
        because: `Nothing spoke against asking: survey "${survey.key}" was sent.`,
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
    return workspaceId === undefined ? [] : refreshScores(tx, { workspaceId, contactIds }, now);
  });
  for (const connectionId of behind) {
    // What was kept must not be taken for lost.
    await wake('write', connectionId).catch((failure) => log.warn({ err: failure }, 'the sweep will find what is due'));
  }
}

/** When the reminder after this mail is to leave: in no quiet hours, and while the link lives. */
function nextReminder({ survey, reminder, facts }: Prepared, sentAt: Date, expiresAt: Date): Date | null {
  const after = survey.content.reminders[reminder];
  if (after === undefined) return null;
  const { at } = openAt(facts, new Date(sentAt.getTime() + milliseconds(after)));
  return at < expiresAt ? at : null;
}
